// What the tests ask of Thunderbird: a calendar of somebody's own, and what becomes of an invitation in it.
"use strict";
const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
const { CalItipItem } = ChromeUtils.importESModule("resource:///modules/CalItipItem.sys.mjs");
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");

// Returns the id of a new calendar whose owner has this address.
function calendarOf(address) {
  const calendar = cal.manager.createCalendar("storage", Services.io.newURI("moz-storage-calendar://"));
  calendar.name = address;
  cal.manager.registerCalendar(calendar);
  const identity = MailServices.accounts.createIdentity();
  identity.email = address;
  const account = MailServices.accounts.createAccount();
  account.incomingServer = MailServices.accounts.createIncomingServer("nobody", `here${calendar.id}`, "none");
  account.addIdentity(identity);
  calendar.setProperty("imip.identity.key", identity.key);
  return calendar.id;
}

// Takes a message as somebody does who opens it and accepts, and returns what Thunderbird offered to do with it and
// the event as it is kept then.
async function take(id, text) {
  const calendar = cal.manager.getCalendarById(id);
  const message = new CalItipItem();
  message.init(text);
  message.targetCalendar = calendar;
  message.autoResponse = Ci.calIItipItem.NONE;
  const uid = message.getItemList()[0].id;
  const offered = await new Promise(resolve => {
    let first = true;
    cal.itip.processItipItem(message, (_message, _code, action) => {
      // It is called again when the calendar has changed.
      if (!first) return;
      first = false;
      if (!action) return resolve(null);
      const answer = message.receivedMethod === "REQUEST" ? "ACCEPTED" : null;
      const finished = { onOperationComplete: () => resolve(action.method), onGetResult() {} };
      action(finished, answer, { responseMode: Ci.calIItipItem.NONE });
    });
  });
  const kept = await calendar.getItem(uid);
  return { method: message.receivedMethod, offered, kept: kept && seen(kept) };
}

// Takes a message and answers it, and returns the reply that Thunderbird would mail.
async function answer(id, text, said) {
  const calendar = cal.manager.getCalendarById(id);
  const message = new CalItipItem();
  message.init(text);
  message.targetCalendar = calendar;
  const sent = [];
  const kept = cal.provider.getImipTransport;
  const identity = MailServices.accounts.getIdentity(calendar.getProperty("imip.identity.key"));
  cal.provider.getImipTransport = () => ({
    QueryInterface: ChromeUtils.generateQI(["calIItipTransport"]),
    scheme: "mailto",
    type: "email",
    senderAddress: `mailto:${identity.email}`,
    defaultIdentity: identity,
    sendItems(...given) {
      const item = given.find(each => each && each.getItemList);
      const serializer = Cc["@mozilla.org/calendar/ics-serializer;1"].createInstance(Ci.calIIcsSerializer);
      serializer.addItems(item.getItemList());
      const method = cal.icsService.createIcalProperty("METHOD");
      method.value = item.responseMethod;
      serializer.addProperty(method);
      sent.push(serializer.serializeToString());
      return true;
    },
  });
  try {
    await new Promise((resolve, reject) => {
      let first = true;
      cal.itip.processItipItem(message, (_message, _code, action) => {
        if (!first) return;
        first = false;
        if (!action) return reject(new Error("nothing is offered"));
        const finished = { onOperationComplete: () => resolve(), onGetResult() {} };
        action(finished, said, { responseMode: Ci.calIItipItem.AUTO });
      });
    });
    for (let waited = 0; !sent.length && waited < 100; waited++) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  } finally {
    cal.provider.getImipTransport = kept;
  }
  return sent;
}

// Returns what a file says, without keeping it.
function read(text) {
  const message = new CalItipItem();
  message.init(text);
  return { method: message.receivedMethod, events: message.getItemList().map(seen) };
}

function seen(event) {
  const time = value => value.getInTimezone(value.isDate ? cal.dtz.floating : cal.dtz.UTC).icalString;
  const person = who => ({ address: who.id, name: who.commonName });
  return {
    uid: event.id,
    start: time(event.startDate),
    end: time(event.endDate),
    status: event.status,
    sequence: Number(event.getProperty("SEQUENCE")),
    summary: event.title,
    location: event.getProperty("LOCATION"),
    description: event.getProperty("DESCRIPTION"),
    organiser: person(event.organizer),
    attendees: event.getAttendees().map(who => {
      const found = person(who);
      if (who.rsvp) {
        found.role = who.role;
        found.partstat = who.participationStatus;
        found.rsvp = who.rsvp === "TRUE";
      }
      return found;
    }),
  };
}
