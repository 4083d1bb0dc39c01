"""Where an item of the agenda goes, and that it is said."""


def order(place, meeting):
    return [each["id"] for each in place.ok("agenda", "show", meeting, "--json").item["items"]]


def test_a_new_item_goes_before_the_closing_ones_and_it_is_said(place):
    place.ok("meeting", "add", "Winter meeting", "--date", "2023-12-06")
    said = place.ok("agenda", "add", "winter", "County Lines").err
    assert said.splitlines()[0] == (
        "Added county-lines to the agenda of Winter meeting on 6 December 2023: item 6, before Any other business"
    )
    place.ok("agenda", "add", "winter", "A case", "--restricted", "Personal data")
    *_, county, case, other, close = order(place, "winter")
    assert (county, case[:5], other, close) == ("county-lines", "item-", "any-other-business", "next-meeting")


def test_an_item_goes_where_it_is_put_and_it_is_said(place):
    place.ok("meeting", "add", "Winter meeting", "--date", "2023-12-06")
    said = place.ok("agenda", "add", "winter", "Lunch", "--after", "next-meeting").err
    assert "Added lunch to the agenda of Winter meeting on 6 December 2023: item 8, the last" in said
    assert "Moved lunch: item 1, before Welcome" in place.ok("agenda", "move", "winter", "lunch", "--before", "1").err
    edited = place.ok("agenda", "edit", "winter", "lunch", "--after", "welcome", "--minutes", "30").err
    assert "Changed lunch on the agenda of Winter meeting on 6 December 2023: item 2, before Apologies" in edited
    assert order(place, "winter")[:3] == ["welcome", "lunch", "apologies"]
