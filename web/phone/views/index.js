// What each field page shows, as pure functions of rows, the clock and the address: the twin of server/views/.
//
// VIEWS[name](rows, nowMs, params) answers a template's context, or null when there is no such door. NEEDS[name] says
// which rows a page reads: "all", "here" (of the household in params) or "today" (visits of the last two days).

import * as bare from './bare.js';
import * as care from './care.js';
import * as carry from './carry.js';
import * as doors from './doors.js';
import * as emergency from './emergency.js';
import * as elder from './elder.js';
import * as facts from './facts.js';
import * as followups from './followups.js';
import * as found from './found.js';
import * as gate from './gate.js';
import * as household from './household.js';
import * as householdForm from './household_form.js';
import * as items from './items.js';
import * as log from './log.js';
import * as more from './more.js';
import * as notes from './notes.js';
import * as order from './order.js';
import * as outbox from './outbox.js';
import * as patrol from './patrol.js';
import * as pick from './pick.js';
import * as residentForm from './resident_form.js';
import * as suggestionForm from './suggestion_form.js';
import * as today from './today.js';
import * as visit from './visit.js';
import * as visitForm from './visit_form.js';
import * as whistles from './whistles.js';

/** @typedef {(rows: import('./common.js').Rows, nowMs: number, params: import('./common.js').Params) => Record<string, any> | null} View */

/** @type {Record<string, {view: View, NEEDS: Record<string, string>, TEMPLATE: string}>} */
const PAGES = {
  today,
  doors,
  found,
  household,
  visit_form: visitForm,
  visit,
  household_form: householdForm,
  resident_form: residentForm,
  facts,
  pick,
  log,
  order,
  patrol,
  care,
  emergency,
  followups,
  item: items,
  mediation_form: { view: items.mediation, NEEDS: items.MEDIATION_NEEDS, TEMPLATE: items.MEDIATION_TEMPLATE },
  whistle: whistles,
  whistles: { view: whistles.listed, NEEDS: whistles.LIST_NEEDS, TEMPLATE: whistles.LIST_TEMPLATE },
  whistle_form: { view: whistles.form, NEEDS: whistles.FORM_NEEDS, TEMPLATE: whistles.FORM_TEMPLATE },
  outbox,
  more,
  carry,
  notes,
  missing: { ...bare, TEMPLATE: bare.MISSING_TEMPLATE },
  arriving: { ...bare, TEMPLATE: bare.ARRIVING_TEMPLATE },
  pin: { ...gate, TEMPLATE: gate.PIN_TEMPLATE },
  locked: { ...gate, TEMPLATE: gate.LOCKED_TEMPLATE },
  passkey: { ...gate, TEMPLATE: gate.PASSKEY_TEMPLATE },
  suggestion_form: suggestionForm,
  ...Object.fromEntries(['home', 'report', 'sent', 'visits', 'visit', 'mine', 'call', 'install', 'suggestion', 'missing'].map((name) => [`elder_${name}`, { view: /** @type {any} */ (elder)[name], NEEDS: elder.NEEDS, TEMPLATE: `elder/${name}.html` }])),
};

export const VIEWS = Object.fromEntries(Object.entries(PAGES).map(([name, page]) => [name, page.view]));
export const NEEDS = Object.fromEntries(Object.entries(PAGES).map(([name, page]) => [name, page.NEEDS]));
export const TEMPLATES = Object.fromEntries(Object.entries(PAGES).map(([name, page]) => [name, page.TEMPLATE]));
