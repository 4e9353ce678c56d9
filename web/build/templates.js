// Made by `python -m tools.compile_templates` from web/templates/{field,shared}/: change those, not this.
/** @type {Record<string, any>} */
export const templates = {
"elder/_calls.html": {
main(c, b, R) {
let o = "";
o += "<ul class=\"stack\">\n";
const items$0 = R.items(c["calls"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<li><a class=\"btn\" href=\"tel:";
o += R.out(R.get(one$2, "number"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-call\"/></svg><span>";
o += R.out(R.get(one$2, "name"));
o += "<br><b class=\"whole\">";
o += R.out(R.get(one$2, "number"));
o += "</b></span></a></li>\n";
}
o += "</ul>";
return o;
},
blocks: {
},
macros: {
},
},
"elder/_emergency.html": {
main(c, b, R) {
let o = "";
o += "<ul class=\"stack\">\n";
const items$0 = R.items(["120", "119", "110"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const number$2 = items$0[i$1];
o += "<li><a class=\"btn help\" href=\"tel:";
o += R.out(number$2);
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-call\"/></svg><span><b>";
o += R.out(number$2);
o += "</b> ";
o += R.out(R.f.t(R.concat(["elder.call.", number$2])));
o += "</span></a></li>\n";
}
o += "</ul>";
return o;
},
blocks: {
},
macros: {
},
},
"elder/_page.html": {
main(c, b, R) {
let o = "";
o += "<!doctype html>\n<html lang=\"";
o += R.out(R.f.t("word.html_lang"));
o += "\" data-size=\"";
o += R.out(c["size"]);
o += "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"/static/icons/icon.svg\" type=\"image/svg+xml\">\n<link rel=\"apple-touch-icon\" href=\"/static/icons/elder-";
o += R.out(c["task"]);
o += "-192.png\">\n<meta name=\"apple-mobile-web-app-title\" content=\"";
o += R.out(R.f.t(R.concat(["elder.", (R.true(R.same(c["task"], "home")) ? "app" : c["task"])])));
o += "\">\n<link rel=\"manifest\" href=\"/elder/";
o += R.out(c["task"]);
o += ".webmanifest\">\n<link rel=\"stylesheet\" href=\"/static/css/phone.css\">\n<link rel=\"stylesheet\" href=\"/static/css/elder.css\">\n<script src=\"/static/page/trusted.js\" defer></script>\n<script type=\"module\" src=\"/static/page/app.js\"></script>\n<script type=\"module\" src=\"/static/page/elder.js\"></script>\n<title>";
o += b["title"](c, b, R);
o += " · ";
o += R.out(R.f.t("word.app"));
o += "</title>\n";
o += b["scripts"](c, b, R);
o += "</head>\n<body data-mode=\"elder\"";
if (R.true(c["phone"])) {
o += " data-phone=\"";
o += R.out(c["phone"]);
o += "\"";
}
o += ">\n";
o += R.page("elder/_sprite.html", R.with(c, {}), {});
o += "<main class=\"elder\" id=\"main\" tabindex=\"-1\">\n";
if (R.true(c["suggested"])) {
o += "<p class=\"answer\" id=\"suggested\" data-live=\"still\" role=\"status\">";
o += R.out(R.f.t("elder.easier_kept"));
o += " ";
o += R.out(R.f.t((R.true(R.get(c["suggested"], "unsent")) ? "elder.state_unsent" : "elder.state_sent")));
o += "</p>";
}
o += "<header>";
o += b["top"](c, b, R);
o += "</header>\n";
o += b["main"](c, b, R);
o += "<div class=\"stack\" data-unread>\n<button class=\"btn\" type=\"button\" data-read data-stop=\"";
o += R.out(R.f.t("elder.read_stop"));
o += "\" hidden><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-read\"/></svg><span>";
o += R.out(R.f.t("elder.read"));
o += "</span></button>\n";
o += b["foot"](c, b, R);
if (R.true(c["easier"])) {
o += "<p><a class=\"easier\" href=\"";
o += R.out(c["easier"]);
o += "\">";
o += R.out(R.f.t("elder.easier"));
o += "</a></p>";
}
o += "</div>\n</main>\n</body>\n</html>";
return o;
},
blocks: {
"title"(c, b, R, up) {
let o = "";
return o;
},
"scripts"(c, b, R, up) {
let o = "";
return o;
},
"top"(c, b, R, up) {
let o = "";
return o;
},
"main"(c, b, R, up) {
let o = "";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<a class=\"btn home\" href=\"/elder/\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-home\"/></svg>";
o += R.out(R.f.t("elder.home"));
o += "</a>";
return o;
},
},
macros: {
},
},
"elder/_sprite.html": {
main(c, b, R) {
let o = "";
o += "<svg hidden>\n  <symbol id=\"i-call\" viewBox=\"0 0 24 24\"><path d=\"M6 3h4l1.5 5L9 10a12 12 0 0 0 5 5l2-2.5 5 1.5v4c0 2-2 3-4 2.5C10 19 5 14 3.5 7 3 5 4 3 6 3z\"/></symbol>\n  <symbol id=\"i-photo\" viewBox=\"0 0 24 24\"><path d=\"M4 8h4l2-3h4l2 3h4v11H4z\"/><circle cx=\"12\" cy=\"13\" r=\"3.5\"/></symbol>\n  <symbol id=\"i-voice\" viewBox=\"0 0 24 24\"><path d=\"M9 4h6v9H9zM5 11a7 7 0 0 0 14 0M12 18v3\"/></symbol>\n  <symbol id=\"i-visit\" viewBox=\"0 0 24 24\"><path d=\"M6 21V4h12v17M3 21h18M14.5 12v1.5\"/></symbol>\n  <symbol id=\"i-mine\" viewBox=\"0 0 24 24\"><circle cx=\"12\" cy=\"8\" r=\"4\"/><path d=\"M4 21c1-5 4-7 8-7s7 2 8 7\"/></symbol>\n  <symbol id=\"i-read\" viewBox=\"0 0 24 24\"><path d=\"M4 10v4h4l5 4V6L8 10zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11\"/></symbol>\n  <symbol id=\"i-home\" viewBox=\"0 0 24 24\"><path d=\"M3 12l9-8 9 8M6 10v10h12V10\"/></symbol>\n  <symbol id=\"i-ok\" viewBox=\"0 0 24 24\"><path d=\"M5 13l5 5L19 7\"/></symbol>\n  <symbol id=\"i-help\" viewBox=\"0 0 24 24\"><path d=\"M12 4v10M12 19v.5\"/></symbol>\n  <symbol id=\"i-watch\" viewBox=\"0 0 24 24\"><path d=\"M3 12c3-5 6-7 9-7s6 2 9 7c-3 5-6 7-9 7s-6-2-9-7z\"/><circle cx=\"12\" cy=\"12\" r=\"2.5\"/></symbol>\n  <symbol id=\"i-up\" viewBox=\"0 0 24 24\"><path d=\"M12 19V5M6 11l6-6 6 6\"/></symbol>\n  <symbol id=\"i-back\" viewBox=\"0 0 24 24\"><path d=\"M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3\"/></symbol>\n  <symbol id=\"i-add\" viewBox=\"0 0 24 24\"><path d=\"M12 5v14M5 12h14\"/></symbol>\n</svg>";
return o;
},
blocks: {
},
macros: {
},
},
"elder/_undo.html": {
main(c, b, R) {
let o = "";
if (R.true(c["left_s"])) {
o += "<form class=\"undo\" method=\"post\" action=\"";
o += R.out(c["undo"]);
o += "\" data-left=\"";
o += R.out(c["left_s"]);
o += "\"><p role=\"timer\">";
o += R.out(R.f.t("elder.undo_left"));
o += " <b class=\"count\" data-count>";
o += R.out(c["left_s"]);
o += "</b></p><button class=\"btn\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg>";
o += R.out(R.f.t("elder.undo"));
o += "</button></form>";
}
return o;
},
blocks: {
},
macros: {
},
},
"elder/call.html": {
main(c, b, R) {
return R.page("elder/_page.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("elder.call"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<h1>";
o += R.out(R.f.t("elder.call"));
o += "</h1>";
if (R.true(!R.true(c["calls"]))) {
o += "<p>";
o += R.out(R.f.t("elder.call_none"));
o += "</p>";
}
return o;
},
"main"(c, b, R, up) {
let o = "";
o += R.page("elder/_calls.html", R.with(c, {}), {});
o += "<h2>";
o += R.out(R.f.t("elder.call_danger"));
o += "</h2>\n";
o += R.page("elder/_emergency.html", R.with(c, {}), {});
return o;
},
},
macros: {
},
},
"elder/home.html": {
main(c, b, R) {
return R.page("elder/_page.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("elder.app"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<h1>";
o += R.out(R.f.t(R.concat(["elder.hello.", c["part"]]), { ["name"]: c["me"] }));
o += "</h1><p class=\"quiet\">";
o += R.out(R.f.day(c["now"]));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.weekday(c["now"]));
o += "</p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<ul class=\"tiles\">\n  <li><a class=\"tile report\" href=\"/elder/report\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-photo\"/></svg><b>";
o += R.out(R.f.t("elder.report"));
o += "</b><span>";
o += R.out(R.f.t("elder.report_how"));
o += "</span></a></li>\n  <li><a class=\"tile visit\" href=\"/elder/visits\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-visit\"/></svg><b>";
o += R.out(R.f.t("elder.visits"));
o += "</b><span>";
if (R.true(c["due"])) {
o += R.out(R.f.t("elder.visits_due", { ["n"]: c["due"] }));
} else {
o += R.out(R.f.t("elder.visits_how"));
}
o += "</span></a></li>\n  <li><a class=\"tile mine\" href=\"/elder/mine\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-mine\"/></svg><b>";
o += R.out(R.f.t("elder.mine"));
o += "</b><span>";
o += R.out(R.f.t("elder.mine_how"));
o += "</span></a></li>\n  <li><a class=\"tile call\" href=\"/elder/call\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-call\"/></svg><b>";
o += R.out(R.f.t("elder.call"));
o += "</b><span>";
o += R.out(R.f.t("elder.call_how"));
o += "</span></a></li>\n</ul>\n<p class=\"quiet\" id=\"outgoing\" data-live>";
o += R.out(R.f.t("elder.offline"));
if (R.true(R.get(c["outgoing"], "count"))) {
o += R.out(R.f.t("elder.waiting", { ["n"]: R.get(c["outgoing"], "count") }));
}
o += "</p>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<form class=\"sizes\" method=\"post\" action=\"/elder/settings\"><p>";
o += R.out(R.f.t("elder.size"));
o += "</p>";
const items$0 = R.items([1, 2, 3]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const n$2 = items$0[i$1];
o += "<button class=\"btn\" name=\"size\" value=\"";
o += R.out(n$2);
o += "\"";
if (R.true(R.same(n$2, c["size"]))) {
o += " aria-pressed=\"true\"";
} else {
o += " aria-pressed=\"false\"";
}
o += ">";
if (R.true(R.same(n$2, c["size"]))) {
o += "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-ok\"/></svg>";
}
o += R.out(R.f.t(R.concat(["elder.size.", n$2])));
o += "</button>";
}
o += "</form>\n<a class=\"btn\" href=\"/elder/install\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-add\"/></svg>";
o += R.out(R.f.t("elder.install"));
o += "</a>\n<form method=\"post\" action=\"/elder/settings\"><button class=\"btn\" name=\"lang\" value=\"";
o += R.out(R.f.t("elder.other_lang"));
o += "\" lang=\"";
o += R.out(R.f.t("elder.other_lang"));
o += "\">";
o += R.out(R.f.t("elder.other_lang_word"));
o += "</button></form>\n";
return o;
},
},
macros: {
},
},
"elder/install.html": {
main(c, b, R) {
return R.page("elder/_page.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("elder.install"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<h1>";
o += R.out(R.f.t("elder.install"));
o += "</h1><p>";
o += R.out(R.f.t("elder.install_say"));
o += "</p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<div class=\"stack\" data-many><h2>";
o += R.out(R.f.t("elder.install_which"));
o += "</h2>\n<ul class=\"stack\">";
const items$0 = R.items(c["tasks"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<li><a class=\"btn\" href=\"/elder/install?task=";
o += R.out(one$2);
o += "\"";
if (R.true(R.same(one$2, c["task"]))) {
o += " aria-current=\"true\"";
}
o += ">";
if (R.true(R.same(one$2, c["task"]))) {
o += "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-ok\"/></svg>";
}
o += R.out(R.f.t(R.concat(["elder.task.", one$2])));
o += "</a></li>";
}
o += "</ul></div>\n<button class=\"btn go\" type=\"button\" data-install hidden><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-add\"/></svg>";
o += R.out(R.f.t("elder.install_put", { ["what"]: R.f.t(R.concat(["elder.task.", c["task"]])) }));
o += "</button>\n<div data-many><p>";
o += R.out(R.f.t("elder.install_android"));
o += "</p></div>\n<div data-one><h2>";
o += R.out(R.f.t("elder.install_iphone"));
o += "</h2><p>";
o += R.out(R.f.t("elder.install_iphone_say"));
o += "</p></div>\n";
return o;
},
},
macros: {
},
},
"elder/mine.html": {
main(c, b, R) {
return R.page("elder/_page.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("elder.mine"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<h1>";
o += R.out(R.f.t("elder.mine"));
o += "</h1>";
if (R.true(!R.true(c["sent"]))) {
o += "<p>";
o += R.out(R.f.t("elder.mine_none"));
o += "</p>";
}
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<ol class=\"sent\" id=\"sent\" data-live>\n";
const items$0 = R.items(c["sent"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<li><h2>";
o += R.out(R.f.moment(R.get(one$2, "at")));
o += "</h2>\n";
if (R.true(R.same(R.get(one$2, "of"), "check"))) {
o += "<p>";
o += R.out(R.f.t("elder.mine_check", { ["name"]: R.or(R.get(one$2, "name"), () => R.f.t("elder.nobody_named")) }));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["elder.check.", R.get(one$2, "check")])));
o += "</p>";
}
if (R.true(R.get(one$2, "text"))) {
o += "<p class=\"pre\">";
o += R.out(R.get(one$2, "text"));
o += "</p>";
}
const items$4 = R.items(R.get(one$2, "sorts"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const sort$6 = items$4[i$5];
o += "<p>";
o += R.out(R.f.t(R.concat(["elder.mine_", R.get(sort$6, "kind")]), { ["n"]: R.get(sort$6, "n") }));
if (R.true(R.and(!R.true(R.get(one$2, "unsent")), () => !R.true(R.get(sort$6, "arrived"))))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("elder.mine_blob_waits"));
}
o += "</p>";
}
o += "<p class=\"state\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#";
o += R.out((R.true(R.get(one$2, "withdrawn")) ? "i-back" : (R.true(R.get(one$2, "unsent")) ? "i-up" : "i-ok")));
o += "\"/></svg>";
o += R.out(R.f.t((R.true(R.get(one$2, "withdrawn")) ? "elder.state.withdrawn" : (R.true(R.get(one$2, "unsent")) ? "elder.state.phone" : "elder.state.server"))));
o += "</p>\n";
if (R.true(R.get(one$2, "note"))) {
o += "<p class=\"answer\">";
o += R.out(R.f.t("elder.answer", { ["by"]: R.get(one$2, "answered_by") }));
o += "<br>";
o += R.out(R.get(one$2, "note"));
o += "</p>";
}
o += "</li>\n";
}
o += "</ol>\n";
return o;
},
},
macros: {
},
},
"elder/missing.html": {
main(c, b, R) {
return R.page("elder/_page.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("elder.missing"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<h1>";
o += R.out(R.f.t("elder.missing"));
o += "</h1><p>";
o += R.out(R.f.t("elder.missing_then"));
o += "</p>";
return o;
},
},
macros: {
},
},
"elder/report.html": {
main(c, b, R) {
return R.page("elder/_page.html", c, b);
},
blocks: {
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/photos.js\"></script>";
return o;
},
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("elder.report"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<h1>";
o += R.out(R.f.t("elder.report"));
o += "</h1><p>";
o += R.out(R.f.t("elder.report_say"));
o += "</p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<form class=\"stack\" autocomplete=\"off\" id=\"report\" method=\"post\" enctype=\"multipart/form-data\" action=\"/elder/reports\" data-draft=\"report\">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\">\n";
if (R.true(R.get(c["errors"], "text"))) {
o += "<p class=\"wrong\" role=\"alert\" id=\"w-text\">";
o += R.out(R.f.t(R.get(c["errors"], "text")));
o += "</p>";
}
o += "  <fieldset class=\"stack\" data-blobs=\"";
o += R.out((R.true(c["keeps"]) ? "phone" : "form"));
o += "\" data-of=\"\" data-photo=\"";
o += R.out(R.f.t("visit.photo_n", { ["n"]: "{n}" }));
o += "\" data-voice=\"";
o += R.out(R.f.t("visit.voice_n", { ["n"]: "{n}" }));
o += "\" data-remove=\"";
o += R.out(R.f.t("visit.blob_remove"));
o += "\" data-stop=\"";
o += R.out(R.f.t("elder.voice_stop", { ["s"]: "{s}" }));
o += "\" data-full=\"";
o += R.out(R.f.t("blob.say.full", { ["what"]: "{what}" }));
o += "\" data-low=\"";
o += R.out(R.f.t("blob.say.low", { ["what"]: "{what}" }));
o += "\" data-unreadable=\"";
o += R.out(R.f.t("blob.say.unreadable", { ["what"]: "{what}" }));
o += "\" data-long=\"";
o += R.out(R.f.t("blob.say.long", { ["what"]: "{what}" }));
o += "\" data-large=\"";
o += R.out(R.f.t("blob.say.large", { ["what"]: "{what}" }));
o += "\" data-busy=\"";
o += R.out(R.f.t("blob.say.busy", { ["what"]: "{what}" }));
o += "\" data-photos-max=\"";
o += R.out(R.f.t("elder.photos_max"));
o += "\" data-voices-max=\"";
o += R.out(R.f.t("elder.voices_max"));
o += "\" data-no-voice=\"";
o += R.out(R.f.t("blob.say.no_voice"));
o += "\"><legend class=\"hide\">";
o += R.out(R.f.t("elder.report_how"));
o += "</legend>\n  <input type=\"hidden\" name=\"blobs\" value=\"";
o += R.out(R.get(c["values"], "blobs"));
o += "\">\n  <label class=\"btn\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-photo\"/></svg>";
o += R.out(R.f.t("elder.photo"));
o += "<input class=\"hide\" type=\"file\" accept=\"image/*\" capture=\"environment\" data-photos";
if (R.true(!R.true(c["keeps"]))) {
o += " name=\"photos\"";
}
o += "></label>\n  <label class=\"btn\" data-voice-file><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-voice\"/></svg>";
o += R.out(R.f.t("elder.voice"));
o += "<input class=\"hide\" type=\"file\" accept=\"audio/*\" capture";
if (R.true(!R.true(c["keeps"]))) {
o += " name=\"voices\"";
}
o += "></label><button class=\"btn\" type=\"button\" data-voice-record hidden><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-voice\"/></svg><span>";
o += R.out(R.f.t("elder.voice"));
o += "</span></button>\n  <ul class=\"shots\" data-blob-list></ul>\n  <p role=\"status\" data-blob-say></p>\n";
if (R.true(R.get(c["errors"], "blobs"))) {
o += "<p class=\"wrong\" role=\"alert\">";
o += R.out(R.f.t(R.get(c["errors"], "blobs")));
o += "</p>";
}
o += "</fieldset>\n  <p class=\"stack\"><label for=\"text\">";
o += R.out(R.f.t("elder.words"));
o += "</label><textarea class=\"field\" id=\"text\" name=\"text\" rows=\"2\"";
if (R.true(R.get(c["errors"], "text"))) {
o += " aria-describedby=\"w-text\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "text"));
o += "</textarea></p>\n  <button class=\"btn go\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-up\"/></svg>";
o += R.out(R.f.t("elder.send"));
o += "</button>\n</form>\n";
return o;
},
},
macros: {
},
},
"elder/sent.html": {
main(c, b, R) {
return R.page("elder/_page.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("elder.sent"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<h1><span role=\"status\" data-speak>";
if (R.true(c["withdrawn"])) {
o += R.out(R.f.t("elder.withdrawn"));
} else if (R.true(R.same(c["check"], "urgent"))) {
o += R.out(R.f.t("elder.urgent"));
} else if (R.true(R.same(c["of"], "check"))) {
o += R.out(R.f.t("elder.sent_check", { ["name"]: R.or(c["name"], () => R.f.t("elder.nobody_named")), ["how"]: R.f.t(R.concat(["elder.check.", c["check"]])) }));
} else {
o += R.out(R.f.t("elder.sent"));
}
o += "</span></h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(c["withdrawn"])) {
o += "<p data-speak>";
o += R.out(R.f.t("elder.withdrawn_then"));
o += "</p>";
} else {
if (R.true(R.same(c["check"], "urgent"))) {
o += "<p data-speak>";
o += R.out(R.f.t("elder.urgent_then"));
o += "</p>\n";
o += R.page("elder/_emergency.html", R.with(c, {}), {});
o += R.page("elder/_calls.html", R.with(c, {}), {});
}
o += "<p id=\"state\" data-live data-speak>";
o += R.out(R.f.t((R.true(c["unsent"]) ? "elder.state_unsent" : "elder.state_sent")));
o += "</p>\n";
o += R.page("elder/_undo.html", R.with(c, {}), {});
}
o += "<div class=\"stack\" data-unread>";
if (R.true(R.same(c["of"], "check"))) {
o += "<a class=\"btn\" href=\"/elder/visits\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-visit\"/></svg>";
o += R.out(R.f.t("elder.visit_more"));
o += "</a>";
} else {
o += "<a class=\"btn\" href=\"/elder/report\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-photo\"/></svg>";
o += R.out(R.f.t("elder.report_more"));
o += "</a>";
}
o += "</div>\n";
return o;
},
},
macros: {
},
},
"elder/suggestion.html": {
main(c, b, R) {
return R.page("elder/_page.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("elder.easier"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<h1>";
o += R.out(R.f.t("elder.easier"));
o += "</h1><p>";
o += R.out(R.f.t("elder.easier_say"));
o += "</p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<form class=\"stack\" autocomplete=\"off\" id=\"suggestion\" method=\"post\" action=\"/elder/suggestions\" data-draft=\"suggestion:";
o += R.out(c["page"]);
o += "\">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"page\" value=\"";
o += R.out(c["page"]);
o += "\"><input type=\"hidden\" name=\"back\" value=\"";
o += R.out(c["back"]);
o += "\">\n";
if (R.true(R.get(c["errors"], "text"))) {
o += "<p class=\"wrong\" role=\"alert\" id=\"w-text\">";
o += R.out(R.f.t(R.get(c["errors"], "text")));
o += "</p>";
}
o += "  <p class=\"stack\"><label for=\"text\">";
o += R.out(R.f.t("elder.words"));
o += "</label><textarea class=\"field\" id=\"text\" name=\"text\" rows=\"4\"";
if (R.true(R.get(c["errors"], "text"))) {
o += " aria-describedby=\"w-text\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "text"));
o += "</textarea></p>\n  <button class=\"btn go\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-up\"/></svg>";
o += R.out(R.f.t("elder.send"));
o += "</button>\n</form>\n";
return o;
},
},
macros: {
},
},
"elder/visit.html": {
main(c, b, R) {
return R.page("elder/_page.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("elder.visits"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<h1 class=\"name\">";
o += R.out(R.or(R.get(c["one"], "name"), () => R.f.t("elder.nobody_named")));
o += "</h1><p>";
o += R.out(R.f.t((R.true(R.get(c["one"], "entrance")) ? "word.address" : "word.address_plain"), { ["building"]: R.get(c["one"], "building"), ["entrance"]: R.get(c["one"], "entrance"), ["room"]: R.get(c["one"], "room") }));
o += R.out(R.f.t("word.stop"));
if (R.true(R.none(R.get(c["one"], "days")))) {
o += R.out(R.f.t("elder.seen_never"));
} else if (R.true(R.get(c["one"], "days"))) {
o += R.out(R.f.t("elder.seen_days", { ["n"]: R.get(c["one"], "days") }));
} else {
o += R.out(R.f.t("elder.seen_today"));
}
o += R.out(R.f.t("word.stop"));
o += "</p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<form class=\"stack\" autocomplete=\"off\" method=\"post\" action=\"/elder/visits/";
o += R.out(R.get(c["one"], "id"));
o += "/checks\">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\">\n  <h2>";
o += R.out(R.f.t("elder.check_ask"));
o += "</h2>\n  <button class=\"btn yes\" name=\"state\" value=\"ok\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-ok\"/></svg>";
o += R.out(R.f.t("elder.check.ok"));
o += "</button>\n  <button class=\"btn\" name=\"state\" value=\"watch\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-watch\"/></svg>";
o += R.out(R.f.t("elder.check.watch"));
o += "</button>\n  <button class=\"btn help\" name=\"state\" value=\"urgent\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-help\"/></svg>";
o += R.out(R.f.t("elder.check.urgent"));
o += "</button>\n  <p class=\"stack\"><label for=\"text\">";
o += R.out(R.f.t("elder.check_text"));
o += "</label><textarea class=\"field\" id=\"text\" name=\"text\" rows=\"2\">\n";
o += R.out(c["text"]);
o += "</textarea></p>\n</form>\n";
return o;
},
},
macros: {
},
},
"elder/visits.html": {
main(c, b, R) {
return R.page("elder/_page.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("elder.visits"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<h1>";
o += R.out(R.f.t("elder.visits"));
o += "</h1>";
if (R.true(!R.true(c["people"]))) {
o += "<p>";
o += R.out(R.f.t("elder.visits_none"));
o += "</p>";
}
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<ul class=\"stack\" id=\"people\">\n";
const items$0 = R.items(c["people"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<li><a class=\"btn person\" href=\"/elder/visits/";
o += R.out(R.get(one$2, "id"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-visit\"/></svg><span><b>";
o += R.out(R.or(R.get(one$2, "name"), () => R.f.t("elder.nobody_named")));
o += "</b><br>";
o += R.out(R.f.t((R.true(R.get(one$2, "entrance")) ? "word.address" : "word.address_plain"), { ["building"]: R.get(one$2, "building"), ["entrance"]: R.get(one$2, "entrance"), ["room"]: R.get(one$2, "room") }));
o += "<br>";
if (R.true(R.none(R.get(one$2, "days")))) {
o += R.out(R.f.t("elder.seen_never"));
} else if (R.true(R.get(one$2, "days"))) {
o += R.out(R.f.t("elder.seen_days", { ["n"]: R.get(one$2, "days") }));
} else {
o += R.out(R.f.t("elder.seen_today"));
}
if (R.true(R.get(one$2, "due"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("elder.due"));
}
o += "</span></a></li>\n";
}
o += "</ul>\n";
return o;
},
},
macros: {
},
},
"field/_actions.html": {
main(c, b, R) {
let o = "";
if (R.true(c["actions"])) {
o += "<section class=\"block\" aria-labelledby=\"agreed\">\n  <h2 id=\"agreed\">";
o += R.out(R.f.t("actions.title"));
o += "</h2>\n";
const items$0 = R.items(c["actions"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "  <form class=\"agreed\" method=\"post\" action=\"/field/actions/";
o += R.out(R.get(one$2, "id"));
o += "/completion\"><input type=\"hidden\" name=\"step\" value=\"";
o += R.out(R.get(one$2, "step"));
o += "\">\n    <p><span dir=\"auto\">";
o += R.out(R.get(one$2, "text"));
o += "</span><small>";
o += R.out(R.f.dated((R.true(R.get(one$2, "late")) ? "actions.late" : "actions.due"), { ["on"]: R.f.day(R.get(one$2, "due")), ["by"]: R.get(one$2, "by") }));
o += "</small></p>\n    <button class=\"btn\">";
o += R.out(R.f.t("actions.done"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.colon"));
o += R.out(R.get(one$2, "text"));
o += "</span></button></form>\n";
}
o += "</section>\n";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_asked.html": {
main(c, b, R) {
let o = "";
if (R.true(R.get(c["visit"], "asked"))) {
o += "<div class=\"post note\"><p><b>";
o += R.out(R.f.t("asked.by", { ["by"]: R.get(R.get(c["visit"], "asked"), "by") }));
o += "</b></p><p class=\"pre said\">";
o += R.out(R.get(R.get(c["visit"], "asked"), "note"));
o += "</p><p><a class=\"rest\" href=\"/field/visits/";
o += R.out(R.get(c["visit"], "id"));
o += "/corrections/new\"><span>";
o += R.out(R.f.t("asked.answer"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p></div>";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_asked_today.html": {
main(c, b, R) {
let o = "";
const items$0 = R.items(c["asked"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<p class=\"half\"><a href=\"/field/visits/";
o += R.out(R.get(one$2, "id"));
o += "/corrections/new\"><span>";
o += R.out(R.f.dated("asked.today", { ["on"]: R.f.day(R.get(one$2, "at")), ["home"]: R.or(R.get(one$2, "name"), () => R.f.t((R.true(R.get(R.get(one$2, "place"), "entrance")) ? "word.where" : "word.where_plain"), R.get(one$2, "place"))), ["by"]: R.get(one$2, "by"), ["note"]: R.get(one$2, "note") }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_care_home.html": {
main(c, b, R) {
let o = "";
if (R.true(c["pairs"])) {
o += "<section class=\"block\" id=\"care\" data-live aria-labelledby=\"care-h\"><h2 id=\"care-h\">";
o += R.out(R.f.t("care.title"));
o += "</h2><ul class=\"rows\">";
const items$0 = R.items(c["pairs"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<li>";
o += R.out(R.safe(R.T["field/_care_line.html"].macros["line"](R, one$2)));
o += "</li>";
}
o += "</ul></section>";
}
o += "<p><a class=\"rest\" href=\"/field/emergency?household=";
o += R.out(R.get(c["household"], "id"));
o += "\"><span>";
o += R.out(R.f.t("care.emergency"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>";
return o;
},
blocks: {
},
macros: {
},
},
"field/_care_line.html": {
main(c, b, R) {
let o = "";
return o;
},
blocks: {
},
macros: {
"state"(R, level$0) {
let o = "";
if (R.true(R.same(level$0, "urgent"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "due", R.f.t("word.care.urgent"))));
} else if (R.true(R.same(level$0, "watch"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "care", R.f.t("word.care.watch"))));
}
return o;
},
"line"(R, one$0) {
let o = "";
let at$1 = undefined;
at$1 = R.f.t((R.true(R.get(R.get(one$0, "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(one$0, "place"));
o += "<a class=\"rest\" href=\"/field/care?pair=";
o += R.out(R.get(one$0, "id"));
o += "\"><span><b>";
o += R.out(R.or(R.get(one$0, "name"), () => at$1));
o += "</b>";
if (R.true(R.get(one$0, "name"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(at$1);
}
o += R.out(R.f.t("word.comma"));
if (R.true(R.same(R.get(one$0, "due"), "major"))) {
o += R.out(R.f.t("care.major"));
} else if (R.true(R.none(R.get(one$0, "days")))) {
o += R.out(R.f.t("care.never"));
} else if (R.true(R.same(R.get(one$0, "days"), 0))) {
o += R.out(R.f.t("care.today"));
} else {
o += R.out(R.f.t("care.last", { ["n"]: R.get(one$0, "days") }));
}
if (R.true(!R.true(R.get(one$0, "mine")))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("care.by", { ["by"]: R.get(one$0, "by") }));
}
o += " ";
o += R.out(R.safe(R.T["field/_care_line.html"].macros["state"](R, R.get(one$0, "state"))));
if (R.true(R.get(one$0, "unsent"))) {
o += " ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
return o;
},
},
},
"field/_care_today.html": {
main(c, b, R) {
let o = "";
if (R.true(c["care"])) {
o += "<section class=\"block\" id=\"care\" data-live aria-labelledby=\"care-h\"><h2 id=\"care-h\"><span>";
o += R.out(R.f.t((R.true(R.get(c["care"], "urgent")) ? "care.urgent" : (R.true(R.get(c["care"], "due")) ? "care.due" : "care.title"))));
o += "</span><a href=\"/field/care\">";
o += R.out(R.f.t("care.all", { ["n"]: R.get(c["care"], "pairs") }));
o += "</a></h2>\n<ul class=\"rows\">";
const items$0 = R.items(R.get(c["care"], "urgent"));
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<li>";
o += R.out(R.safe(R.T["field/_care_line.html"].macros["line"](R, one$2)));
o += "</li>";
}
const items$4 = R.items(R.get(c["care"], "next"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const one$6 = items$4[i$5];
o += "<li>";
o += R.out(R.safe(R.T["field/_care_line.html"].macros["line"](R, one$6)));
o += "</li>";
}
o += "</ul></section>\n";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_edit.html": {
main(c, b, R) {
let o = "";
o += "<small><time datetime=\"";
o += R.out(R.get(c["edit"], "at"));
o += "\">";
o += R.out((R.true(R.get(c["edit"], "today")) ? R.f.clock(R.get(c["edit"], "at")) : R.f.moment(R.get(c["edit"], "at"))));
o += "</time></small><b>";
if (R.true(R.get(c["edit"], "household"))) {
o += "<a href=\"";
if (R.true(R.get(c["edit"], "visit"))) {
o += "/field/visits/";
o += R.out(R.get(c["edit"], "visit"));
} else {
o += "/field/households/";
o += R.out(R.get(c["edit"], "household"));
}
o += "\">";
if (R.true(R.get(c["edit"], "name"))) {
o += R.out(R.get(c["edit"], "name"));
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.get(c["edit"], "door"));
o += "</a>";
} else if (R.true(R.or(R.get(c["edit"], "name"), () => R.get(c["edit"], "door")))) {
if (R.true(R.get(c["edit"], "name"))) {
o += R.out(R.get(c["edit"], "name"));
if (R.true(R.get(c["edit"], "door"))) {
o += R.out(R.f.t("word.comma"));
}
}
o += R.out(R.get(c["edit"], "door"));
}
if (R.true(R.or(R.get(c["edit"], "name"), () => R.get(c["edit"], "door")))) {
o += R.out(R.f.t("word.comma"));
}
if (R.true(R.get(c["edit"], "result"))) {
o += R.out(R.f.t(R.concat(["word.result.", R.get(c["edit"], "result")])));
if (R.true(R.same(R.get(c["edit"], "kind"), "visit_corrected"))) {
o += R.out(R.f.t("outbox.corrected"));
}
} else if (R.true(R.get(c["edit"], "who"))) {
o += R.out(R.f.t((R.true(R.get(c["edit"], "same")) ? "outbox.checked_of" : R.concat(["outbox.of.", R.get(c["edit"], "kind")])), { ["who"]: R.get(c["edit"], "who") }));
} else if (R.true(R.get(c["edit"], "same"))) {
o += R.out(R.f.t("outbox.checked"));
} else {
o += R.out(R.f.t(R.concat(["outbox.kind.", R.get(c["edit"], "kind")])));
}
o += "</b>\n";
if (R.true(R.get(c["edit"], "words"))) {
o += "<p class=\"two-lines\">";
o += R.out(R.get(c["edit"], "words"));
o += "</p>";
}
if (R.true(R.get(c["edit"], "facts"))) {
o += "<p class=\"two-lines\">";
const items$0 = R.items(R.get(c["edit"], "facts"));
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const fact$2 = items$0[i$1];
const loop$3 = R.loop(i$1, items$0);
if (R.true(!R.true(loop$3.first))) {
o += R.out(R.f.t("word.comma"));
}
if (R.true(!R.true(R.get(fact$2, "field")))) {
o += R.out(R.get(fact$2, "value"));
} else if (R.true(R.get(c["edit"], "same"))) {
o += R.out(R.f.t("outbox.same", { ["fact"]: R.f.t(R.concat(["word.fact.", R.get(fact$2, "field")])) }));
} else {
o += R.out(R.f.t(R.concat(["word.fact.", R.get(fact$2, "field")])));
o += R.out(R.f.t("word.colon"));
if (R.true(R.same(R.get(fact$2, "value"), ""))) {
o += R.out(R.f.t("field.fact.unknown"));
} else if (R.true(R.same(R.get(fact$2, "field"), "occupancy"))) {
o += R.out(R.f.t(R.concat(["word.occupancy.", R.get(fact$2, "value")])));
} else if (R.true(R.or(R.same(R.get(fact$2, "field"), "lives_here"), () => R.same(R.get(fact$2, "field"), "deceased")))) {
o += R.out(R.f.t(R.concat(["word.", R.get(fact$2, "field"), ".", R.get(fact$2, "value")])));
} else {
o += R.out(R.get(fact$2, "value"));
}
}
}
o += "</p>";
}
if (R.true(R.get(c["edit"], "undone"))) {
o += "<p>";
if (R.true(R.holds(["contact", "phone", "occupancy", "headcount", "note", "name", "relation", "birth_year", "lives_here", "deceased"], R.get(c["edit"], "undone")))) {
o += R.out(R.f.t(R.concat(["word.fact.", R.get(c["edit"], "undone")])));
} else {
o += R.out(R.f.t("field.tags"));
}
o += "</p>";
}
if (R.true(R.or(R.get(c["edit"], "add"), () => R.get(c["edit"], "remove")))) {
o += "<p>";
const items$4 = R.items(R.get(c["edit"], "add"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const tag$6 = items$4[i$5];
o += R.out(R.f.t("outbox.tag_add", { ["tag"]: R.f.t(R.concat(["word.tag.", tag$6])) }));
o += " ";
}
const items$8 = R.items(R.get(c["edit"], "remove"));
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const tag$10 = items$8[i$9];
o += R.out(R.f.t("outbox.tag_remove", { ["tag"]: R.f.t(R.concat(["word.tag.", tag$10])) }));
o += " ";
}
o += "</p>";
}
if (R.true(R.get(c["edit"], "blobs"))) {
o += "<p>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["blobs"](R, R.get(c["edit"], "blobs"))));
o += "</p>";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_fact_list.html": {
main(c, b, R) {
let o = "";
o += "<dl class=\"facts\">\n";
const items$0 = R.items(c["facts"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const fact$2 = items$0[i$1];
if (R.true(R.or(R.get(fact$2, "known"), () => !R.same(R.get(fact$2, "field"), "deceased")))) {
o += R.out(R.safe(R.T["field/_facts_macros.html"].macros["fact_row"](R, c["whose"], c["id"], fact$2, false, c["decides"])));
}
}
o += "</dl>\n";
const items$4 = R.items(c["facts"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const fact$6 = items$4[i$5];
if (R.true(R.and(R.same(R.get(fact$6, "field"), "deceased"), () => !R.true(R.get(fact$6, "known"))))) {
o += "<p><a class=\"btn plain\" href=\"/field/";
o += R.out(c["whose"]);
o += "/";
o += R.out(c["id"]);
o += "/facts?field=deceased\">";
o += R.out(R.f.t("facts.deceased_note"));
o += "</a></p>";
}
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_facts.html": {
main(c, b, R) {
let o = "";
if (R.true(R.and(c["open"], () => R.same(c["field"], "tags")))) {
o += "<form class=\"form fact open\" autocomplete=\"off\" id=\"fact-tags\" method=\"post\" action=\"/field/";
o += R.out(c["whose"]);
o += "/";
o += R.out(c["id"]);
o += "/facts\" data-draft=\"fact:";
o += R.out(c["whose"]);
o += ":";
o += R.out(c["id"]);
o += ":tags\"><input type=\"hidden\" name=\"opened\" value=\"yes\">";
o += R.page("field/_stands.html", R.with(c, {}), {});
o += "<input type=\"hidden\" name=\"field\" value=\"tags\"><input type=\"hidden\" name=\"had\" value=\"";
o += R.out(R.f.join(c["tags"], ","));
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(c["tags_over"]);
o += "\">\n  <fieldset><legend><span>";
o += R.out(R.f.t("field.tags"));
o += "</span></legend><div class=\"ticks\">";
const items$0 = R.items(c["tag_choices"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const choice$2 = items$0[i$1];
o += "<label><input type=\"checkbox\" name=\"tags\" value=\"";
o += R.out(R.get(choice$2, "tag"));
o += "\"";
if (R.true(R.get(choice$2, "had"))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["word.tag.", R.get(choice$2, "tag")])));
o += "</label>";
}
o += "</div></fieldset>\n  <p class=\"turn\"><button class=\"btn\">";
o += R.out(R.f.t("field.save"));
o += "</button><a class=\"btn plain\" href=\"/field/";
o += R.out(c["whose"]);
o += "/";
o += R.out(c["id"]);
o += "/facts\" data-draft-end>";
o += R.out(R.f.t("field.leave"));
o += "</a></p></form>\n";
} else if (R.true(c["open"])) {
o += "<div class=\"fact open\" id=\"fact-";
o += R.out(R.get(c["fact"], "field"));
o += "\"><dt id=\"l-";
o += R.out(R.get(c["fact"], "field"));
o += "\">";
o += R.out(R.f.t(R.concat(["word.fact.", R.get(c["fact"], "field")])));
o += "</dt><dd>\n  <form class=\"form\" autocomplete=\"off\" method=\"post\" action=\"/field/";
o += R.out(c["whose"]);
o += "/";
o += R.out(c["id"]);
o += "/facts\" data-draft=\"fact:";
o += R.out(c["whose"]);
o += ":";
o += R.out(c["id"]);
o += ":";
o += R.out(R.get(c["fact"], "field"));
o += "\" hx-post=\"/field/";
o += R.out(c["whose"]);
o += "/";
o += R.out(c["id"]);
o += "/facts\" hx-target=\"closest .fact\" hx-swap=\"outerHTML\"><input type=\"hidden\" name=\"field\" value=\"";
o += R.out(R.get(c["fact"], "field"));
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(R.get(c["fact"], "over"));
o += "\"><input type=\"hidden\" name=\"opened\" value=\"yes\">";
o += R.page("field/_stands.html", R.with(c, {}), {});
if (R.true(R.same(R.get(c["fact"], "field"), "occupancy"))) {
o += "    <div class=\"pick\" role=\"radiogroup\" aria-labelledby=\"l-";
o += R.out(R.get(c["fact"], "field"));
o += "\">";
const items$4 = R.items(c["occupancies"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const choice$6 = items$4[i$5];
o += "<label><input type=\"radio\" name=\"value\" value=\"";
o += R.out(choice$6);
o += "\"";
if (R.true(R.same(choice$6, R.get(c["fact"], "value")))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["word.occupancy.", choice$6])));
o += "</label>";
}
o += "</div>\n";
} else if (R.true(R.or(R.same(R.get(c["fact"], "field"), "lives_here"), () => R.same(R.get(c["fact"], "field"), "deceased")))) {
o += "    <div class=\"pick\" role=\"radiogroup\" aria-labelledby=\"l-";
o += R.out(R.get(c["fact"], "field"));
o += "\"><label><input type=\"radio\" name=\"value\" value=\"yes\"";
if (R.true(R.same(R.get(c["fact"], "value"), "yes"))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["word.", R.get(c["fact"], "field"), ".yes"])));
o += "</label><label><input type=\"radio\" name=\"value\" value=\"no\"";
if (R.true(R.same(R.get(c["fact"], "value"), "no"))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["word.", R.get(c["fact"], "field"), ".no"])));
o += "</label></div>\n";
} else if (R.true(R.same(R.get(c["fact"], "field"), "note"))) {
o += "    <textarea class=\"field\" name=\"value\" rows=\"3\" aria-labelledby=\"l-";
o += R.out(R.get(c["fact"], "field"));
o += "\" autofocus";
if (R.true(R.get(c["errors"], "value"))) {
o += " aria-invalid=\"true\" aria-describedby=\"w-";
o += R.out(R.get(c["fact"], "field"));
o += "\"";
}
o += ">\n";
o += R.out(R.get(c["fact"], "value"));
o += "</textarea>\n";
} else {
o += "    <input class=\"field\" name=\"value\" value=\"";
o += R.out(R.get(c["fact"], "value"));
o += "\" aria-labelledby=\"l-";
o += R.out(R.get(c["fact"], "field"));
o += "\" autocomplete=\"off\" autofocus";
if (R.true(R.same(R.get(c["fact"], "field"), "phone"))) {
o += " type=\"tel\"";
} else if (R.true(R.or(R.same(R.get(c["fact"], "field"), "headcount"), () => R.same(R.get(c["fact"], "field"), "birth_year")))) {
o += " inputmode=\"numeric\" maxlength=\"4\"";
}
if (R.true(R.get(c["errors"], "value"))) {
o += " aria-invalid=\"true\" aria-describedby=\"w-";
o += R.out(R.get(c["fact"], "field"));
o += "\"";
}
o += ">\n";
}
if (R.true(R.get(c["errors"], "value"))) {
o += "<p class=\"wrong\" id=\"w-";
o += R.out(R.get(c["fact"], "field"));
o += "\">";
o += R.out(R.f.t(R.get(c["errors"], "value")));
o += "</p>";
}
o += "    <p class=\"turn\"><button class=\"btn\">";
o += R.out(R.f.t("field.save"));
o += "</button><a class=\"btn plain\" href=\"/field/";
if (R.true(R.same(c["whose"], "households"))) {
o += "households/";
o += R.out(c["id"]);
} else {
o += "residents/";
o += R.out(c["id"]);
o += "/facts";
}
o += "#fact-";
o += R.out(R.get(c["fact"], "field"));
o += "\" data-draft-end>";
o += R.out(R.f.t("field.leave"));
o += "</a></p>\n  </form></dd></div>\n";
} else if (R.true(c["fact"])) {
o += R.out(R.safe(R.T["field/_facts_macros.html"].macros["fact_row"](R, c["whose"], c["id"], c["fact"], true, c["decides"])));
o += "\n";
} else {
o += R.page("field/_fact_list.html", R.with(c, {}), {});
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_facts_macros.html": {
main(c, b, R) {
let o = "";
o += "\n";
o += "\n";
o += "\n";
o += "\n";
return o;
},
blocks: {
},
macros: {
"value_words"(R, field$0, value$1) {
let o = "";
if (R.true(R.same(value$1, ""))) {
o += "<span class=\"quiet\">";
o += R.out(R.f.t("field.fact.unknown"));
o += "</span>";
} else if (R.true(R.same(field$0, "occupancy"))) {
o += R.out(R.f.t(R.concat(["word.occupancy.", value$1])));
} else if (R.true(R.same(field$0, "headcount"))) {
o += R.out(R.f.t("field.fact.headcount_n", { ["count"]: value$1 }));
} else if (R.true(R.or(R.same(field$0, "lives_here"), () => R.same(field$0, "deceased")))) {
o += R.out(R.f.t(R.concat(["word.", field$0, ".", value$1])));
} else if (R.true(R.same(field$0, "birth_year"))) {
o += R.out(R.f.t("field.people.born", { ["year"]: value$1 }));
} else {
o += R.out(value$1);
}
return o;
},
"wrote"(R, one$0) {
let o = "";
o += R.out(R.f.t((R.true(R.get(one$0, "by")) ? "facts.wrote" : "facts.written"), { ["by"]: R.get(one$0, "by"), ["at"]: (R.true(R.get(one$0, "at")) ? (R.true(R.get(one$0, "today")) ? R.f.clock(R.get(one$0, "at")) : R.f.moment(R.get(one$0, "at"))) : "") }));
return o;
},
"undo"(R, whose$0, id$1, field$2, edit$3, words$4) {
let o = "";
o += "<form method=\"post\" action=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts\" hx-post=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts\" hx-target=\"closest .fact\" hx-swap=\"outerHTML\"><input type=\"hidden\" name=\"field\" value=\"";
o += R.out(field$2);
o += "\"><input type=\"hidden\" name=\"undo\" value=\"";
o += R.out(edit$3);
o += "\"><button class=\"btn plain\">";
o += R.out(words$4);
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.fact.", field$2])));
o += "</span></button></form>";
return o;
},
"fact_row"(R, whose$0, id$1, fact$2, focus$3, decides$4) {
let o = "";
if (R.true(R.get(fact$2, "differs"))) {
o += "<div class=\"fact two\" id=\"fact-";
o += R.out(R.get(fact$2, "field"));
o += "\"><dt>";
const items$5 = R.items(R.get(fact$2, "asked"));
for (let i$6 = 0; i$6 < items$5.length; i$6++) {
const one$7 = items$5[i$6];
o += "<span class=\"word promise\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-promise\"/></svg>";
o += R.out(R.f.t((R.true(R.get(one$7, "mine")) ? R.concat(["facts.proposed_you.", R.get(fact$2, "field")]) : R.concat(["facts.proposed.", R.get(fact$2, "field")])), { ["by"]: R.get(one$7, "by") }));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t((R.true(decides$4) ? "facts.waits_you" : "facts.waits")));
o += "</span>";
}
if (R.true(!R.true(R.get(fact$2, "asked")))) {
o += "<span class=\"word differ\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-differ\"/></svg>";
o += R.out(R.f.t("field.fact.two", { ["fact"]: R.f.t(R.concat(["word.fact.", R.get(fact$2, "field")])) }));
o += "</span>";
}
o += "</dt>\n  <dd class=\"choose\">";
const items$9 = R.items(R.get(fact$2, "heads"));
for (let i$10 = 0; i$10 < items$9.length; i$10++) {
const head$11 = items$9[i$10];
o += "<form method=\"post\" action=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts\" hx-post=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts\" hx-target=\"closest .fact\" hx-swap=\"outerHTML\"><strong class=\"pre\">";
o += R.out(R.safe(R.T["field/_facts_macros.html"].macros["value_words"](R, R.get(fact$2, "field"), R.get(head$11, "value"))));
o += "</strong>";
if (R.true(R.get(fact$2, "asked"))) {
o += "<small>";
o += R.out(R.f.t((R.true(R.get(head$11, "proposed")) ? "facts.asked" : "facts.stands")));
o += "</small>";
}
const items$13 = R.items(R.get(head$11, "told"));
for (let i$14 = 0; i$14 < items$13.length; i$14++) {
const one$15 = items$13[i$14];
o += "<small>";
o += R.out(R.safe(R.T["field/_facts_macros.html"].macros["wrote"](R, one$15)));
o += R.out(R.f.t("word.comma"));
if (R.true(R.get(one$15, "saw"))) {
o += R.out(R.f.t("facts.saw"));
const items$17 = R.items(R.get(one$15, "saw"));
for (let i$18 = 0; i$18 < items$17.length; i$18++) {
const value$19 = items$17[i$18];
const loop$20 = R.loop(i$18, items$17);
if (R.true(!R.true(loop$20.first))) {
o += R.out(R.f.t("word.and"));
}
o += "<bdi>";
o += R.out(R.safe(R.T["field/_facts_macros.html"].macros["value_words"](R, R.get(fact$2, "field"), value$19)));
o += "</bdi>";
}
} else {
o += R.out(R.f.t("facts.saw_nothing"));
}
o += "</small>";
}
if (R.true(R.get(head$11, "pick"))) {
o += "<input type=\"hidden\" name=\"field\" value=\"";
o += R.out(R.get(fact$2, "field"));
o += "\"><input type=\"hidden\" name=\"value\" value=\"";
o += R.out(R.get(head$11, "value"));
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(R.get(fact$2, "over"));
o += "\"><button class=\"btn\">";
o += R.out(R.f.t("field.fact.choose"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.safe(R.T["field/_facts_macros.html"].macros["value_words"](R, R.get(fact$2, "field"), R.get(head$11, "value"))));
o += "</span></button>";
}
o += "</form>";
}
o += "</dd>\n";
const items$21 = R.items(R.get(fact$2, "asked"));
for (let i$22 = 0; i$22 < items$21.length; i$22++) {
const one$23 = items$21[i$22];
if (R.true(R.get(one$23, "edit"))) {
o += "<dd>";
o += R.out(R.safe(R.T["field/_facts_macros.html"].macros["undo"](R, whose$0, id$1, R.get(fact$2, "field"), R.get(one$23, "edit"), R.f.t("facts.take_back"))));
o += "</dd>";
}
}
if (R.true(R.and(R.get(fact$2, "asked"), () => R.same(R.get(fact$2, "field"), "occupancy")))) {
o += "<dd><a class=\"btn plain\" href=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts?field=";
o += R.out(R.get(fact$2, "field"));
o += "\" hx-get=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts?field=";
o += R.out(R.get(fact$2, "field"));
o += "\" hx-target=\"closest .fact\" hx-swap=\"outerHTML\">";
o += R.out(R.f.t("field.fact.edit", { ["fact"]: R.f.t(R.concat(["word.fact.", R.get(fact$2, "field")])) }));
o += "</a></dd>";
}
o += "</div>\n";
} else {
o += "<div class=\"fact\" id=\"fact-";
o += R.out(R.get(fact$2, "field"));
o += "\"><dt>";
o += R.out(R.f.t(R.concat(["word.fact.", R.get(fact$2, "field")])));
o += "</dt><dd class=\"pre\">";
if (R.true(R.less(200, R.f.length(R.get(fact$2, "value"))))) {
o += "<details class=\"long\"><summary><span>";
o += R.out(R.get(fact$2, "value"));
o += "</span><b>";
o += R.out(R.f.t("word.whole"));
o += "</b></summary></details>";
} else {
o += R.out(R.safe(R.T["field/_facts_macros.html"].macros["value_words"](R, R.get(fact$2, "field"), R.get(fact$2, "value"))));
}
o += "</dd><dd class=\"fact-acts\">";
if (R.true(R.and(R.get(fact$2, "known"), () => !R.same(R.get(fact$2, "value"), "")))) {
o += "<form method=\"post\" action=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts\" hx-post=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts\" hx-target=\"closest .fact\" hx-swap=\"outerHTML\"><input type=\"hidden\" name=\"field\" value=\"";
o += R.out(R.get(fact$2, "field"));
o += "\"><input type=\"hidden\" name=\"value\" value=\"";
o += R.out(R.get(fact$2, "value"));
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(R.get(fact$2, "over"));
o += "\"><button class=\"btn plain\">";
o += R.out(R.f.t("field.fact.same"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.fact.", R.get(fact$2, "field")])));
o += "</span></button></form>";
}
if (R.true(R.get(fact$2, "half"))) {
o += "<a class=\"btn plain\" href=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts?field=";
o += R.out(R.get(fact$2, "field"));
o += "\" hx-get=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts?field=";
o += R.out(R.get(fact$2, "field"));
o += "\" hx-target=\"closest .fact\" hx-swap=\"outerHTML\" ";
if (R.true(focus$3)) {
o += " autofocus";
}
o += ">";
o += R.out(R.f.t("visit.go_on"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.fact.", R.get(fact$2, "field")])));
o += "</span></a>";
} else {
o += "<a class=\"icon-btn\" href=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts?field=";
o += R.out(R.get(fact$2, "field"));
o += "\" hx-get=\"/field/";
o += R.out(whose$0);
o += "/";
o += R.out(id$1);
o += "/facts?field=";
o += R.out(R.get(fact$2, "field"));
o += "\" hx-target=\"closest .fact\" hx-swap=\"outerHTML\" ";
if (R.true(focus$3)) {
o += " autofocus";
}
o += " aria-label=\"";
o += R.out(R.f.t("field.fact.edit", { ["fact"]: R.f.t(R.concat(["word.fact.", R.get(fact$2, "field")])) }));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-edit\"/></svg></a>";
}
o += "</dd>";
if (R.true(R.get(fact$2, "settled"))) {
o += "<dd class=\"wide settled\"><small>";
o += R.out(R.f.t((R.true(R.less(1, R.f.length(R.get(R.get(fact$2, "settled"), "saw")))) ? "facts.settled" : "facts.changed"), { ["by"]: R.get(R.get(fact$2, "settled"), "by"), ["at"]: (R.true(R.get(R.get(fact$2, "settled"), "today")) ? R.f.clock(R.get(R.get(fact$2, "settled"), "at")) : R.f.moment(R.get(R.get(fact$2, "settled"), "at"))), ["n"]: R.f.length(R.get(R.get(fact$2, "settled"), "saw")) }));
o += "</small>";
if (R.true(R.get(R.get(fact$2, "settled"), "undo"))) {
o += R.out(R.safe(R.T["field/_facts_macros.html"].macros["undo"](R, whose$0, id$1, R.get(fact$2, "field"), R.get(R.get(fact$2, "settled"), "undo"), R.f.t("facts.undo"))));
}
o += "</dd>";
}
o += "</div>\n";
}
return o;
},
},
},
"field/_follow.html": {
main(c, b, R) {
let o = "";
if (R.true(c["follow"])) {
o += "<section class=\"block\" id=\"follow\" data-live=\"still\" aria-label=\"";
o += R.out(R.f.t("items.followups"));
o += "\">\n";
const items$0 = R.items(R.get(c["follow"], "due"));
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<a class=\"rest\" href=\"/field/items/";
o += R.out(R.get(R.get(one$2, "item"), "id"));
o += "\"><span>";
o += R.out(R.f.t("items.back_to"));
if (R.true(R.same(R.get(one$2, "when"), "today"))) {
o += R.out(R.f.t("items.when.today"));
} else {
o += R.out(R.f.t("items.when.overdue", { ["n"]: R.get(one$2, "days") }));
}
o += R.out(R.f.t("word.colon"));
o += R.out(R.get(R.get(one$2, "item"), "text"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
}
const items$4 = R.items(R.get(c["follow"], "open"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const one$6 = items$4[i$5];
o += R.out(R.safe(R.T["field/_items_macros.html"].macros["item_line"](R, one$6, true)));
}
o += "<a class=\"rest\" href=\"/field/followups\"><span>";
o += R.out(R.f.t("items.followups_n", { ["n"]: R.get(c["follow"], "n") }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>\n</section>";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_found.html": {
main(c, b, R) {
let o = "";
if (R.true(R.get(c["found"], "q"))) {
o += "<p class=\"count\" data-here=\"";
o += R.out(R.f.join(R.get(c["found"], "here"), " "));
o += "\">";
if (R.true(R.get(c["found"], "n"))) {
o += R.out(R.f.t("field.find.count", { ["n"]: R.get(c["found"], "n"), ["q"]: R.get(c["found"], "q") }));
} else {
o += R.out(R.f.t("field.find.none", { ["q"]: R.get(c["found"], "q") }));
}
o += "</p>\n";
if (R.true(R.get(c["found"], "n"))) {
o += "<ol class=\"rows\">\n";
const items$0 = R.items(R.get(c["found"], "hits"));
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const d$2 = items$0[i$1];
let at$4 = c["at"];
at$4 = R.f.t((R.true(R.get(R.get(d$2, "place"), "entrance")) ? "word.where" : "word.where_plain"), R.get(d$2, "place"));
o += "  <li><a class=\"row\" data-hit=\"";
o += R.out(R.get(d$2, "id"));
o += "\" href=\"/field/households/";
o += R.out(R.get(d$2, "id"));
if (R.true(R.get(c["found"], "to"))) {
o += "/visits/new";
if (R.true(R.get(c["found"], "note"))) {
o += "?note=";
o += R.out(R.get(c["found"], "note"));
}
}
o += "\">";
o += R.out(R.safe(R.T["shared/doors.html"].macros["face"](R, d$2)));
o += "<div><b>";
o += R.out(R.or(R.get(d$2, "name"), () => at$4));
o += "</b><p>";
if (R.true(R.get(d$2, "name"))) {
o += R.out(at$4);
}
if (R.true(R.get(R.get(d$2, "match"), "hit"))) {
if (R.true(R.get(d$2, "name"))) {
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.get(R.get(d$2, "match"), "before"));
o += "<mark>";
o += R.out(R.get(R.get(d$2, "match"), "hit"));
o += "</mark>";
o += R.out(R.get(R.get(d$2, "match"), "after"));
}
o += "</p></div></a></li>\n";
}
o += "</ol>\n";
if (R.true(R.get(c["found"], "more"))) {
o += "<p class=\"quiet count\">";
o += R.out(R.f.t("field.find.more", { ["n"]: R.get(c["found"], "more") }));
o += "</p>";
}
}
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_items_macros.html": {
main(c, b, R) {
let o = "";
o += "\n";
return o;
},
blocks: {
},
macros: {
"item_line"(R, item$0, words$1) {
let o = "";
o += "<a class=\"rest\" href=\"/field/items/";
o += R.out(R.get(item$0, "id"));
o += "\"><span>";
o += R.out(R.f.t(R.concat(["items.kind.", R.get(item$0, "kind")])));
o += R.out(R.f.t("word.comma"));
if (R.true(!R.same(R.get(item$0, "kind"), "effect"))) {
o += R.out(R.f.t(R.concat(["items.state.", R.get(item$0, "state")])));
}
if (R.true(R.get(item$0, "rating"))) {
if (R.true(!R.same(R.get(item$0, "kind"), "effect"))) {
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t(R.concat(["items.rating.", R.get(item$0, "rating")])));
}
if (R.true(words$1)) {
o += R.out(R.f.t("word.colon"));
if (R.true(R.get(item$0, "text"))) {
o += R.out(R.get(item$0, "text"));
} else {
o += R.out(R.f.t("items.spoken"));
}
}
if (R.true(R.get(item$0, "unsent"))) {
o += " ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
return o;
},
"record_fields"(R, fields$0, sources$1, values$2, errors$3) {
let o = "";
o += "<details";
if (R.true(R.get(errors$3, "revisit_on"))) {
o += " open";
}
o += "><summary><span>";
o += R.out(R.f.t("items.record"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-edit\"/></svg></summary>\n";
const items$4 = R.items(fields$0);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const field$6 = items$4[i$5];
o += "<p><label class=\"label\" for=\"";
o += R.out(field$6);
o += "\"><span>";
o += R.out(R.f.t(R.concat(["items.record.", field$6])));
o += "</span></label><textarea class=\"field\" id=\"";
o += R.out(field$6);
o += "\" name=\"";
o += R.out(field$6);
o += "\" rows=\"1\"";
if (R.true(R.item(errors$3, field$6))) {
o += " aria-invalid=\"true\" aria-describedby=\"w-";
o += R.out(field$6);
o += "\"";
}
o += ">\n";
o += R.out(R.item(values$2, field$6));
o += "</textarea>";
if (R.true(R.item(errors$3, field$6))) {
o += "<span class=\"wrong\" id=\"w-";
o += R.out(field$6);
o += "\">";
o += R.out(R.f.t(R.item(errors$3, field$6)));
o += "</span>";
}
o += "</p>\n";
}
o += "<fieldset><legend><span>";
o += R.out(R.f.t("items.record.source"));
o += "</span></legend><div class=\"pick\"><label><input type=\"radio\" name=\"source\" value=\"\"";
if (R.true(R.same(R.get(values$2, "source"), ""))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t("visit.care_none"));
o += "</label>";
const items$8 = R.items(sources$1);
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const source$10 = items$8[i$9];
o += "<label><input type=\"radio\" name=\"source\" value=\"";
o += R.out(source$10);
o += "\"";
if (R.true(R.same(R.get(values$2, "source"), source$10))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["items.source.", source$10])));
o += "</label>";
}
o += "</div></fieldset>\n<p><label class=\"label\" for=\"revisit_on\"><span>";
o += R.out(R.f.t("items.record.revisit_on"));
o += "</span></label><input class=\"field\" type=\"date\" id=\"revisit_on\" name=\"revisit_on\" value=\"";
o += R.out(R.get(values$2, "revisit_on"));
o += "\"";
if (R.true(R.get(errors$3, "revisit_on"))) {
o += " aria-invalid=\"true\" aria-describedby=\"w-revisit\"";
}
o += ">";
if (R.true(R.get(errors$3, "revisit_on"))) {
o += "<span class=\"wrong\" id=\"w-revisit\">";
o += R.out(R.f.t(R.get(errors$3, "revisit_on")));
o += "</span>";
}
o += "</p>\n</details>\n";
return o;
},
},
},
"field/_keypad.html": {
main(c, b, R) {
let o = "";
return o;
},
blocks: {
},
macros: {
"field"(R, name$0, label$1, wait$2) {
let o = "";
o += "<label class=\"pin\"><span>";
o += R.out(label$1);
o += "</span><input name=\"";
o += R.out(name$0);
o += "\" type=\"text\" inputmode=\"numeric\" pattern=\"[0-9０-９]{6}\" minlength=\"6\" maxlength=\"6\" required autocomplete=\"off\" autocorrect=\"off\" spellcheck=\"false\" data-pin";
if (R.true(wait$2)) {
o += " disabled";
}
o += "></label>";
return o;
},
"keys"(R, erase$0) {
let o = "";
o += "<div class=\"keypad\" data-keypad hidden>";
const items$1 = R.items(["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0"]);
for (let i$2 = 0; i$2 < items$1.length; i$2++) {
const key$3 = items$1[i$2];
if (R.true(key$3)) {
o += "<button class=\"btn\" type=\"button\" data-key=\"";
o += R.out(key$3);
o += "\">";
o += R.out(key$3);
o += "</button>";
} else {
o += "<span></span>";
}
}
o += "<button class=\"btn plain\" type=\"button\" data-key=\"back\" aria-label=\"";
o += R.out(erase$0);
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></button></div>";
return o;
},
},
},
"field/_log_besides.html": {
main(c, b, R) {
let o = "";
if (R.true(R.get(c["besides"], "checks"))) {
o += "<section class=\"block\" aria-labelledby=\"checks\"><h2 id=\"checks\"><span>";
o += R.out(R.f.t("log.checks"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(R.get(c["besides"], "checks"))));
o += "</span></h2>\n  <ol class=\"rows\">";
const items$0 = R.items(R.get(c["besides"], "checks"));
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const d$2 = items$0[i$1];
o += "<li class=\"post\"><small>";
o += R.out(R.f.clock(R.get(d$2, "at")));
o += "</small><b><a href=\"/field/care?pair=";
o += R.out(R.get(d$2, "pair"));
o += "\">";
o += R.out(R.safe(R.T["shared/besides.html"].macros["door"](R, d$2)));
o += "</a></b><p>";
o += R.out(R.f.t(R.concat(["word.care.", R.get(d$2, "state")])));
o += R.out(R.safe(R.T["shared/besides.html"].macros["marks"](R, d$2)));
o += "</p></li>";
}
o += "</ol></section>\n";
}
const items$4 = R.items(R.get(c["besides"], "orders"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const one$6 = items$4[i$5];
o += "<section class=\"block\" aria-labelledby=\"order-";
o += R.out(R.get(one$6, "id"));
o += "\"><h2 id=\"order-";
o += R.out(R.get(one$6, "id"));
o += "\"><span><bdi>";
o += R.out(R.or(R.get(one$6, "title"), () => R.f.t("order.title")));
o += "</bdi></span><span>";
o += R.out(R.safe(R.T["shared/besides.html"].macros["answered"](R, one$6)));
o += "</span></h2>\n  <ol class=\"rows\">";
const items$8 = R.items(R.get(one$6, "doors"));
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const d$10 = items$8[i$9];
o += "<li class=\"post\"><small>";
o += R.out(R.f.clock(R.get(d$10, "at")));
o += "</small><b>";
if (R.true(R.get(one$6, "title"))) {
o += "<a href=\"/field/orders/";
o += R.out(R.get(one$6, "id"));
o += "#d-";
o += R.out(R.get(d$10, "household"));
o += "\">";
o += R.out(R.safe(R.T["shared/besides.html"].macros["door"](R, d$10)));
o += "</a>";
} else {
o += R.out(R.safe(R.T["shared/besides.html"].macros["door"](R, d$10)));
}
o += "</b><p>";
o += R.out(R.f.t((R.true(R.get(d$10, "wrong")) ? "order.door.wrong" : "order.door.well")));
o += R.out(R.safe(R.T["shared/besides.html"].macros["marks"](R, d$10)));
o += "</p></li>";
}
o += "</ol></section>\n";
}
if (R.true(R.get(c["besides"], "matters"))) {
o += "<section class=\"block\" aria-labelledby=\"items\"><h2 id=\"items\"><span>";
o += R.out(R.f.t("log.items"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(R.get(c["besides"], "matters"))));
o += "</span></h2>\n  <ul class=\"rows\">";
const items$12 = R.items(R.get(c["besides"], "matters"));
for (let i$13 = 0; i$13 < items$12.length; i$13++) {
const d$14 = items$12[i$13];
o += "<li class=\"post\"><b><a href=\"/field/items/";
o += R.out(R.get(d$14, "id"));
o += "\">";
o += R.out(R.f.t(R.concat(["items.kind.", R.get(d$14, "kind")])));
o += "</a>";
if (R.true(R.get(d$14, "household"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.safe(R.T["shared/besides.html"].macros["door"](R, d$14)));
}
o += "</b><p>";
o += R.out(R.safe(R.T["shared/besides.html"].macros["did"](R, d$14)));
o += R.out(R.f.t("word.colon"));
o += "<bdi class=\"pre\">";
if (R.true(R.get(d$14, "text"))) {
o += R.out(R.get(d$14, "text"));
} else {
o += "<span class=\"quiet\">";
o += R.out(R.f.t("items.spoken"));
o += "</span>";
}
o += "</bdi>";
o += R.out(R.safe(R.T["shared/besides.html"].macros["marks"](R, d$14)));
o += "</p></li>";
}
o += "</ul></section>\n";
}
if (R.true(R.get(c["besides"], "kept"))) {
o += "<section class=\"block\" aria-labelledby=\"kept\"><h2 id=\"kept\"><span>";
o += R.out(R.f.t("log.promises_kept"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(R.get(c["besides"], "kept"))));
o += "</span></h2>\n  <ul class=\"rows\">";
const items$16 = R.items(R.get(c["besides"], "kept"));
for (let i$17 = 0; i$17 < items$16.length; i$17++) {
const d$18 = items$16[i$17];
o += "<li class=\"post\"><small>";
o += R.out(R.f.day(R.get(d$18, "on")));
o += "</small><b><a href=\"/field/visits/";
o += R.out(R.get(d$18, "id"));
o += "\">";
o += R.out(R.safe(R.T["shared/besides.html"].macros["door"](R, d$18)));
o += "</a></b></li>";
}
o += "</ul></section>\n";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_log_walks.html": {
main(c, b, R) {
let o = "";
if (R.true(R.or(R.get(c["walked"], "walks"), () => R.get(c["walked"], "beside")))) {
o += "<section class=\"block\" aria-labelledby=\"walks\"><h2 id=\"walks\"><span>";
o += R.out(R.f.t("patrol.title"));
o += "</span>";
if (R.true(R.get(c["walked"], "walks"))) {
o += "<span>";
o += R.out(R.f.t("patrol.n", { ["n"]: R.f.length(R.get(c["walked"], "walks")) }));
o += "</span>";
}
o += "</h2>\n";
const items$0 = R.items(R.get(c["walked"], "walks"));
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const w$2 = items$0[i$1];
o += "<p class=\"sum\"><b>";
o += R.out(R.safe(R.T["shared/walks.html"].macros["when"](R, w$2)));
o += "</b>";
if (R.true(R.get(w$2, "unsent"))) {
o += " ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "<br>";
o += R.out(R.safe(R.T["shared/walks.html"].macros["counts"](R, w$2)));
o += "</p>\n  <ol class=\"rows\">";
const items$4 = R.items(R.get(w$2, "notes"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const n$6 = items$4[i$5];
o += "<li class=\"post\"><small>";
o += R.out(R.f.clock(R.get(n$6, "at")));
o += "</small>";
o += R.out(R.safe(R.T["shared/walks.html"].macros["note"](R, n$6)));
o += "</li>";
}
o += "</ol>";
}
if (R.true(R.get(c["walked"], "beside"))) {
o += "<p class=\"sum\"><b>";
o += R.out(R.f.t("patrol.beside"));
o += "</b></p>\n  <ol class=\"rows\">";
const items$8 = R.items(R.get(c["walked"], "beside"));
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const n$10 = items$8[i$9];
o += "<li class=\"post\"><small>";
o += R.out(R.f.clock(R.get(n$10, "at")));
o += "</small>";
o += R.out(R.safe(R.T["shared/walks.html"].macros["note"](R, n$10)));
o += "</li>";
}
o += "</ol>";
}
o += "</section>\n";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_open_items.html": {
main(c, b, R) {
let o = "";
o += "<section class=\"block\" aria-labelledby=\"open-items\"><h2 id=\"open-items\"><span>";
o += R.out(R.f.t("items.open"));
o += "</span><a href=\"/field/mediations/new?household=";
o += R.out(R.get(c["household"], "id"));
o += "\">";
o += R.out(R.f.t("items.mediation_new"));
o += "</a></h2>\n";
if (R.true(c["items"])) {
const items$0 = R.items(c["items"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const item$2 = items$0[i$1];
o += R.out(R.safe(R.T["field/_items_macros.html"].macros["item_line"](R, item$2, true)));
}
} else {
o += "<p class=\"none\">";
o += R.out(R.f.t("items.open_none"));
o += "</p>";
}
o += "</section>";
return o;
},
blocks: {
},
macros: {
},
},
"field/_order_door.html": {
main(c, b, R) {
let o = "";
if (R.true(c["open"])) {
o += "<div class=\"fact two checked open\" id=\"d-";
o += R.out(R.get(c["door"], "id"));
o += "\"><form class=\"form\" autocomplete=\"off\" method=\"post\" enctype=\"multipart/form-data\" action=\"/field/orders/";
o += R.out(R.get(c["order"], "id"));
o += "/answers\" data-draft=\"order:";
o += R.out(R.get(c["order"], "id"));
o += ":";
o += R.out(R.get(c["door"], "id"));
o += "\" hx-post=\"/field/orders/";
o += R.out(R.get(c["order"], "id"));
o += "/answers\" hx-target=\"closest .fact\" hx-swap=\"outerHTML\">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"household\" value=\"";
o += R.out(R.get(c["door"], "id"));
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(c["over"]);
o += "\"><input type=\"hidden\" name=\"step\" value=\"";
o += R.out(R.get(c["order"], "step"));
o += "\">\n  <div class=\"line\"><p>";
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["where"](R, c["door"])));
o += "</p><button class=\"btn go\" name=\"quick\" value=\"well\" autofocus>";
o += R.out(R.f.t("order.well"));
o += "</button></div>\n";
if (R.true(R.less(1, R.f.length(R.get(c["door"], "heads"))))) {
const items$0 = R.items(R.get(c["door"], "heads"));
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const head$2 = items$0[i$1];
o += "<div class=\"found-one\">";
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["found"](R, head$2)));
o += "</div>";
}
o += "<p class=\"quiet\">";
o += R.out(R.f.t("order.both"));
o += "</p>";
}
if (R.true(R.get(c["errors"], "points"))) {
o += "<p class=\"wrong\" role=\"alert\">";
o += R.out(R.f.t(R.get(c["errors"], "points")));
o += "</p>";
}
const items$4 = R.items(R.get(c["door"], "asks"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const one$6 = items$4[i$5];
o += "  <fieldset><legend>";
o += R.out(R.get(one$6, "point"));
o += "</legend>\n    <div class=\"pick two\"><label><input type=\"radio\" name=\"p";
o += R.out(R.get(one$6, "n"));
o += "\" value=\"yes\"";
if (R.true(R.same(R.get(one$6, "ok"), "yes"))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t("order.ok.yes"));
o += "</label><label><input type=\"radio\" name=\"p";
o += R.out(R.get(one$6, "n"));
o += "\" value=\"no\"";
if (R.true(R.same(R.get(one$6, "ok"), "no"))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t("order.ok.no"));
o += "</label></div>\n    <input class=\"field\" name=\"n";
o += R.out(R.get(one$6, "n"));
o += "\" value=\"";
o += R.out(R.get(one$6, "note"));
o += "\" placeholder=\"";
o += R.out(R.f.t("order.note"));
o += "\" aria-label=\"";
o += R.out(R.get(one$6, "point"));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("order.note"));
o += "\" autocomplete=\"off\">\n  </fieldset>\n";
}
o += R.page("field/_voice.html", R.with(c, {}), {});
o += "  <p class=\"turn\"><button class=\"btn\">";
o += R.out(R.f.t("field.save"));
o += "</button><a class=\"btn plain\" href=\"/field/orders/";
o += R.out(R.get(c["order"], "id"));
o += "#d-";
o += R.out(R.get(c["door"], "id"));
o += "\" data-draft-end>";
o += R.out(R.f.t("field.leave"));
o += "</a></p>\n</form></div>\n";
} else if (R.true(c["door"])) {
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["door_row"](R, c["order"], c["door"], c["stated"])));
o += "\n";
if (R.true(c["stated"])) {
o += "<p class=\"sum\" id=\"order-sum\" data-live hx-swap-oob=\"true\"><b>";
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["sum_line"](R, c["order"])));
o += "</b></p>";
}
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_order_macros.html": {
main(c, b, R) {
let o = "";
o += "\n";
o += "\n";
o += "\n";
o += "\n";
o += "\n";
o += "\n";
return o;
},
blocks: {
},
macros: {
"head_line"(R, order$0) {
let o = "";
if (R.true(R.get(order$0, "late"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "due", R.f.dated("order.late", { ["on"]: R.f.day(R.get(order$0, "due")) }))));
} else if (R.true(R.get(order$0, "due_today"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "promise", R.f.t("order.due_today"))));
} else {
o += R.out(R.f.dated("order.due", { ["on"]: R.f.day(R.get(order$0, "due")) }));
}
return o;
},
"sum_line"(R, order$0) {
let o = "";
o += R.out(R.f.t("order.sum", { ["done"]: R.get(order$0, "done"), ["n"]: R.get(order$0, "total") }));
return o;
},
"how"(R, state$0) {
let o = "";
if (R.true(R.same(state$0, "well"))) {
o += "<span class=\"word good\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-met\"/></svg>";
o += R.out(R.f.t("order.door.well"));
o += "</span>";
} else if (R.true(R.same(state$0, "wrong"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "due", R.f.t("order.door.wrong"))));
} else if (R.true(R.same(state$0, "two"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "differ", R.f.t("order.door.two"))));
} else if (R.true(R.same(state$0, "part"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "promise", R.f.t("order.door.part"))));
} else {
o += "<span class=\"quiet\">";
o += R.out(R.f.t("order.door.left"));
o += "</span>";
}
return o;
},
"where"(R, d$0) {
let o = "";
if (R.true(R.get(d$0, "place"))) {
o += "<b>";
o += R.out(R.get(d$0, "short"));
o += "</b>";
if (R.true(R.get(d$0, "name"))) {
o += " ";
o += R.out(R.get(d$0, "name"));
}
} else {
o += R.out(R.f.t("order.away"));
}
return o;
},
"found"(R, head$0) {
let o = "";
o += "<small>";
o += R.out(R.f.t("order.wrote", { ["by"]: R.get(head$0, "by"), ["at"]: (R.true(R.get(head$0, "today")) ? R.f.clock(R.get(head$0, "at")) : R.f.moment(R.get(head$0, "at"))) }));
if (R.true(R.get(head$0, "unsent"))) {
o += " ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "</small>";
if (R.true(R.get(head$0, "well"))) {
o += "<p>";
o += R.out(R.f.t("order.found.well"));
o += "</p>";
}
const items$1 = R.items(R.get(head$0, "points"));
for (let i$2 = 0; i$2 < items$1.length; i$2++) {
const one$3 = items$1[i$2];
if (R.true(R.or(!R.same(R.get(one$3, "ok"), "yes"), () => R.get(one$3, "note")))) {
o += "<p class=\"pre\">";
o += R.out(R.get(one$3, "point"));
o += R.out(R.f.t("word.colon"));
if (R.true(R.get(one$3, "ok"))) {
o += R.out(R.f.t(R.concat(["order.ok.", R.get(one$3, "ok")])));
} else {
o += R.out(R.f.t("order.ok.none"));
}
if (R.true(R.get(one$3, "note"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(one$3, "note"));
}
o += "</p>";
}
}
return o;
},
"door_row"(R, order$0, d$1, focus$2) {
let o = "";
o += "<div class=\"fact two checked\" id=\"d-";
o += R.out(R.get(d$1, "id"));
o += "\" data-live=\"still\"><div class=\"line\"><p>";
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["where"](R, d$1)));
o += "</p>";
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["how"](R, R.get(d$1, "state"))));
if (R.true(!R.same(R.get(order$0, "state"), "confirmed"))) {
o += "<a class=\"btn plain\" href=\"/field/orders/";
o += R.out(R.get(order$0, "id"));
o += "?door=";
o += R.out(R.get(d$1, "id"));
o += "#d-";
o += R.out(R.get(d$1, "id"));
o += "\" hx-get=\"/field/orders/";
o += R.out(R.get(order$0, "id"));
o += "?door=";
o += R.out(R.get(d$1, "id"));
o += "\" hx-target=\"closest .fact\" hx-swap=\"outerHTML\"";
if (R.true(focus$2)) {
o += " autofocus";
}
o += ">";
o += R.out(R.f.t((R.true(R.get(d$1, "heads")) ? "order.again" : "order.check")));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(d$1, "short"));
o += "</span></a>";
}
o += "</div>";
const items$3 = R.items(R.get(d$1, "heads"));
for (let i$4 = 0; i$4 < items$3.length; i$4++) {
const head$5 = items$3[i$4];
o += "<div class=\"found-one\">";
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["found"](R, head$5)));
o += R.out(R.safe(R.T["field/_shots.html"].macros["shots"](R, R.get(head$5, "blobs"), R.concat(["answer=", R.get(head$5, "id")]))));
o += "</div>";
}
o += "</div>\n";
return o;
},
},
},
"field/_orders.html": {
main(c, b, R) {
let o = "";
if (R.true(c["orders"])) {
o += "<section class=\"block\" aria-labelledby=\"orders\" id=\"orders-block\" data-live>\n  <h2 id=\"orders\"><span>";
o += R.out(R.f.t("order.list"));
o += "</span></h2>\n  <ul class=\"rows\">";
const items$0 = R.items(c["orders"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<li><a class=\"rest order\" href=\"/field/orders/";
o += R.out(R.get(one$2, "id"));
o += "\"><span><b>";
o += R.out(R.get(one$2, "title"));
o += "</b><br>";
if (R.true(R.same(R.get(one$2, "state"), "withdrawn"))) {
o += R.out(R.f.t("order.withdrawn_short", { ["by"]: R.get(one$2, "stepped_by") }));
} else if (R.true(R.same(R.get(one$2, "state"), "reported"))) {
o += R.out(R.f.t("order.state.reported"));
} else {
if (R.true(R.get(one$2, "note"))) {
o += R.out(R.f.t("order.redo_short", { ["by"]: R.get(one$2, "stepped_by"), ["note"]: R.get(one$2, "note") }));
o += "<br>";
}
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["sum_line"](R, one$2)));
o += R.out(R.f.t("word.comma"));
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["head_line"](R, one$2)));
}
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></li>";
}
o += "</ul>\n</section>\n";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_patrol_today.html": {
main(c, b, R) {
let o = "";
o += "<p id=\"walk\" data-live><a class=\"rest\" href=\"/field/patrol\"><span>";
if (R.true(R.same(R.get(c["patrol"], "state"), "running"))) {
o += R.out(R.f.t("patrol.today.running", { ["at"]: R.f.clock(R.get(c["patrol"], "at")) }));
} else if (R.true(R.same(R.get(c["patrol"], "state"), "earlier"))) {
o += R.out(R.f.dated("patrol.running_since", { ["at"]: R.f.moment(R.get(c["patrol"], "at")) }));
} else {
o += R.out(R.f.t(R.concat(["patrol.today.", R.get(c["patrol"], "state"), "_", R.get(c["patrol"], "part")])));
}
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>";
return o;
},
blocks: {
},
macros: {
},
},
"field/_people.html": {
main(c, b, R) {
let o = "";
if (R.true(c["others"])) {
o += "<section class=\"block\" aria-labelledby=\"people\"><h2 id=\"people\">";
o += R.out(R.f.t("vault.people"));
o += "</h2>\n  <p class=\"none\">";
o += R.out(R.f.t("vault.people_say"));
o += "</p>\n  <form class=\"sum pick\" method=\"post\" action=\"/field/person\">";
const items$0 = R.items(c["others"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const other$2 = items$0[i$1];
o += "<button class=\"btn\" name=\"store\" value=\"";
o += R.out(R.get(other$2, "store"));
o += "\">";
o += R.out(R.f.t("vault.person", { ["name"]: R.get(other$2, "name") }));
o += "</button>";
}
o += "</form>\n</section>";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_person.html": {
main(c, b, R) {
let o = "";
o += "<li id=\"p-";
o += R.out(R.get(c["person"], "id"));
o += "\"><div><b>";
o += R.out(R.or(R.get(c["person"], "name"), () => R.f.t("field.people.unnamed")));
o += "</b><p>";
if (R.true(R.get(c["person"], "relation"))) {
o += R.out(R.get(c["person"], "relation"));
}
if (R.true(R.get(c["person"], "birth_year"))) {
if (R.true(R.get(c["person"], "relation"))) {
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t("field.people.born", { ["year"]: R.get(c["person"], "birth_year") }));
}
if (R.true(R.get(c["person"], "deceased"))) {
if (R.true(R.or(R.get(c["person"], "relation"), () => R.get(c["person"], "birth_year")))) {
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t("word.deceased.yes"));
} else if (R.true(R.get(c["person"], "elsewhere"))) {
if (R.true(R.or(R.get(c["person"], "relation"), () => R.get(c["person"], "birth_year")))) {
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t("field.people.elsewhere"));
}
o += "</p>";
if (R.true(R.get(c["person"], "tags"))) {
o += "<p class=\"tags\">";
const items$0 = R.items(R.get(c["person"], "tags"));
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const tag$2 = items$0[i$1];
const loop$3 = R.loop(i$1, items$0);
if (R.true(!R.true(loop$3.first))) {
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t(R.concat(["word.tag.", tag$2])));
}
o += "</p>";
}
if (R.true(R.get(c["person"], "note"))) {
o += "<div class=\"pre note\">";
if (R.true(R.less(200, R.f.length(R.get(c["person"], "note"))))) {
o += "<details class=\"long\"><summary><span>";
o += R.out(R.get(c["person"], "note"));
o += "</span><b>";
o += R.out(R.f.t("word.whole"));
o += "</b></summary></details>";
} else {
o += R.out(R.get(c["person"], "note"));
}
o += "</div>";
}
const items$4 = R.items(R.get(c["person"], "asked"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const asked$6 = items$4[i$5];
o += "<p class=\"promise\">";
o += R.out(R.f.t((R.true(R.and(c["me"], () => R.same(R.get(asked$6, "by"), c["me"]))) ? R.concat(["facts.proposed_you.", R.get(asked$6, "field")]) : R.concat(["facts.proposed.", R.get(asked$6, "field")])), { ["by"]: R.get(asked$6, "by") }));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t((R.true(c["decides"]) ? "facts.waits_you" : "facts.waits")));
o += "</p>";
}
const items$8 = R.items(R.get(c["person"], "leaving"));
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const tag$10 = items$8[i$9];
o += "<p class=\"promise\">";
o += R.out(R.f.t("facts.leaving", { ["tag"]: R.f.t(R.concat(["word.tag.", tag$10])) }));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t((R.true(c["decides"]) ? "facts.waits_you" : "facts.waits")));
o += "</p>";
}
if (R.true(R.or(R.get(c["person"], "differs"), () => R.get(c["person"], "unsent")))) {
o += "<p id=\"m-";
o += R.out(R.get(c["person"], "id"));
o += "\" data-live=\"still\">";
if (R.true(R.get(c["person"], "differs"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "differ", R.f.t("word.mark.differ"))));
o += " ";
}
if (R.true(R.get(c["person"], "unsent"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "</p>";
}
o += "</div>";
if (R.true(R.and(R.get(c["person"], "phone"), () => !R.true(R.get(c["person"], "deceased"))))) {
o += "<a class=\"icon-btn\" href=\"tel:";
o += R.out(R.f.urlencode(R.get(c["person"], "phone")));
o += "\" aria-label=\"";
o += R.out(R.f.t("field.people.call", { ["name"]: R.or(R.get(c["person"], "name"), () => R.f.t("field.people.unnamed")) }));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-call\"/></svg></a>";
}
if (R.true(R.get(c["person"], "half"))) {
o += "<a class=\"btn plain\" href=\"/field/residents/";
o += R.out(R.get(c["person"], "id"));
o += "/facts\">";
o += R.out(R.f.t("visit.go_on"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.or(R.get(c["person"], "name"), () => R.f.t("field.people.unnamed")));
o += "</span></a>";
} else {
o += "<a class=\"icon-btn\" href=\"/field/residents/";
o += R.out(R.get(c["person"], "id"));
o += "/facts\" aria-label=\"";
o += R.out(R.f.t("field.people.edit", { ["name"]: R.or(R.get(c["person"], "name"), () => R.f.t("field.people.unnamed")) }));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-edit\"/></svg></a>";
}
o += "</li>";
return o;
},
blocks: {
},
macros: {
},
},
"field/_photos.html": {
main(c, b, R) {
let o = "";
o += "<fieldset";
if (R.true(!R.true(c["folded"]))) {
o += " id=\"blobs\"";
}
o += " data-blobs=\"";
o += R.out((R.true(c["keeps"]) ? "phone" : "form"));
o += "\" data-of=\"";
if (R.true(c["note_id"])) {
o += "note=";
o += R.out(c["note_id"]);
} else if (R.true(c["correcting"])) {
o += "visit=";
o += R.out(R.get(c["correcting"], "id"));
}
o += "\" data-photo=\"";
o += R.out(R.f.t("visit.photo_n", { ["n"]: "{n}" }));
o += "\" data-voice=\"";
o += R.out(R.f.t("visit.voice_n", { ["n"]: "{n}" }));
o += "\" data-remove=\"";
o += R.out(R.f.t("visit.blob_remove"));
o += "\" data-stop=\"";
o += R.out(R.f.t("visit.voice_stop", { ["s"]: "{s}" }));
o += "\" data-full=\"";
o += R.out(R.f.t("blob.say.full", { ["what"]: "{what}" }));
o += "\" data-low=\"";
o += R.out(R.f.t("blob.say.low", { ["what"]: "{what}" }));
o += "\" data-unreadable=\"";
o += R.out(R.f.t("blob.say.unreadable", { ["what"]: "{what}" }));
o += "\" data-long=\"";
o += R.out(R.f.t("blob.say.long", { ["what"]: "{what}" }));
o += "\" data-large=\"";
o += R.out(R.f.t("blob.say.large", { ["what"]: "{what}" }));
o += "\" data-busy=\"";
o += R.out(R.f.t("blob.say.busy", { ["what"]: "{what}" }));
o += "\" data-photos-max=\"";
o += R.out(R.f.t("blob.say.photos_max"));
o += "\" data-voices-max=\"";
o += R.out(R.f.t("blob.say.voices_max"));
o += "\" data-no-voice=\"";
o += R.out(R.f.t("blob.say.no_voice"));
o += "\"";
if (R.true(R.get(c["errors"], "blobs"))) {
o += " aria-describedby=\"w-blobs\"";
}
o += "><legend";
if (R.true(c["folded"])) {
o += " class=\"hide\"";
}
o += "><span>";
o += R.out(R.f.t("visit.blobs"));
o += "</span><span>";
o += R.out(R.f.t("visit.blobs_hint"));
o += "</span></legend>\n  <input type=\"hidden\" name=\"blobs\" value=\"";
o += R.out(R.get(c["values"], "blobs"));
o += "\">\n  <ul class=\"shots\" data-blob-list>";
if (R.true(c["blobs"])) {
o += "<li>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["blobs"](R, c["blobs"])));
o += "</li>";
}
o += "</ul>\n  <p class=\"hint\" role=\"status\" data-blob-say></p>\n  <div class=\"pick two\"><label><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-photo\"/></svg>";
o += R.out(R.f.t("visit.photo_add"));
o += "<input type=\"file\" accept=\"image/*\" multiple data-photos";
if (R.true(!R.true(c["keeps"]))) {
o += " name=\"photos\"";
}
o += "></label><label data-voice-file><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-voice\"/></svg>";
o += R.out(R.f.t("visit.voice_file"));
o += "<input type=\"file\" accept=\"audio/*\" capture";
if (R.true(!R.true(c["keeps"]))) {
o += " name=\"voices\"";
}
o += "></label><button class=\"btn\" type=\"button\" data-voice-record hidden><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-voice\"/></svg><span>";
o += R.out(R.f.t("visit.voice_add"));
o += "</span></button></div>\n";
if (R.true(R.get(c["errors"], "blobs"))) {
o += "<p class=\"wrong\" id=\"w-blobs\">";
o += R.out(R.f.t(R.get(c["errors"], "blobs")));
o += "</p>";
}
o += "</fieldset>";
return o;
},
blocks: {
},
macros: {
},
},
"field/_reports.html": {
main(c, b, R) {
let o = "";
if (R.true(c["reports"])) {
o += "<section class=\"block\" id=\"reports\" aria-labelledby=\"reports-h\">\n  <h2 id=\"reports-h\"><span>";
o += R.out(R.f.t("field.reports"));
o += "</span></h2>\n  <ul class=\"rows\">\n";
const items$0 = R.items(c["reports"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "    <li class=\"row\">";
o += R.out(R.safe(R.T["field/_reports_macros.html"].macros["report_line"](R, one$2)));
o += "</li>\n";
}
o += "  </ul>\n</section>\n";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_reports_macros.html": {
main(c, b, R) {
let o = "";
return o;
},
blocks: {
},
macros: {
"report_line"(R, one$0) {
let o = "";
o += "<div>";
if (R.true(R.get(one$0, "text"))) {
o += "<b class=\"pre\">";
o += R.out(R.get(one$0, "text"));
o += "</b>";
}
o += "<p>";
o += R.out(R.get(one$0, "by"));
if (R.true(R.get(one$0, "building"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(one$0, "building"));
}
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.moment(R.get(one$0, "at")));
o += "</p>";
if (R.true(R.get(one$0, "blobs"))) {
o += "<p>";
const items$1 = R.items(R.get(one$0, "blobs"));
for (let i$2 = 0; i$2 < items$1.length; i$2++) {
const blob$3 = items$1[i$2];
o += "<a class=\"text\" href=\"/blobs/";
o += R.out(R.get(blob$3, "sha256"));
o += "?report=";
o += R.out(R.get(one$0, "id"));
o += "\">";
o += R.out(R.f.t(R.concat(["visit.", R.get(blob$3, "kind"), "_n"]), { ["n"]: R.get(blob$3, "n") }));
o += "</a> ";
}
o += "</p>";
}
o += "</div>";
return o;
},
},
},
"field/_restored.html": {
main(c, b, R) {
let o = "";
if (R.true(c["restored"])) {
o += "<p class=\"post note\" id=\"restored\">";
o += R.out(R.f.t("outbox.restored", { ["at"]: R.f.moment(R.get(c["restored"], "at")), ["n"]: R.get(c["restored"], "n") }));
if (R.true(R.same(c["lang"], "en"))) {
o += " ";
}
o += R.out(R.f.t("outbox.restored_then"));
o += "</p>";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_same.html": {
main(c, b, R) {
let o = "";
if (R.true(c["same"])) {
o += "<form class=\"sum\" id=\"same\" method=\"post\" action=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "/facts\"><input type=\"hidden\" name=\"field\" value=\"same\">";
const items$0 = R.items(c["same"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const fact$2 = items$0[i$1];
o += "<input type=\"hidden\" name=\"";
o += R.out(R.get(fact$2, "field"));
o += "\" value=\"";
o += R.out(R.get(fact$2, "value"));
o += "\"><input type=\"hidden\" name=\"over_";
o += R.out(R.get(fact$2, "field"));
o += "\" value=\"";
o += R.out(R.get(fact$2, "over"));
o += "\">";
}
o += "<button class=\"btn\">";
o += R.out(R.f.t("items.same"));
o += R.out(R.f.t("word.colon"));
const items$4 = R.items(c["same"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const fact$6 = items$4[i$5];
const loop$7 = R.loop(i$5, items$4);
if (R.true(!R.true(loop$7.first))) {
o += R.out(R.f.t("word.comma"));
}
if (R.true(R.same(R.get(fact$6, "field"), "occupancy"))) {
o += R.out(R.f.t(R.concat(["word.occupancy.", R.get(fact$6, "value")])));
} else {
o += R.out(R.f.t("field.fact.headcount_n", { ["count"]: R.get(fact$6, "value") }));
}
}
o += "</button></form>";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_shots.html": {
main(c, b, R) {
let o = "";
return o;
},
blocks: {
},
macros: {
"shots"(R, told$0, of$1) {
let o = "";
if (R.true(told$0)) {
o += "<ul class=\"shots\">";
const items$2 = R.items(R.get(told$0, "all"));
for (let i$3 = 0; i$3 < items$2.length; i$3++) {
const blob$4 = items$2[i$3];
o += "<li>";
if (R.true(R.same(R.get(blob$4, "kind"), "photo"))) {
o += "<a href=\"/blobs/";
o += R.out(R.get(blob$4, "sha256"));
o += "?";
o += R.out(of$1);
o += "\"><img src=\"/blobs/";
o += R.out(R.get(blob$4, "sha256"));
o += "?";
o += R.out(of$1);
o += "&amp;small=1\" alt=\"";
o += R.out(R.f.t("visit.photo_n", { ["n"]: R.get(blob$4, "n") }));
o += "\" loading=\"lazy\"></a>";
} else {
o += "<audio controls preload=\"none\" src=\"/blobs/";
o += R.out(R.get(blob$4, "sha256"));
o += "?";
o += R.out(of$1);
o += "\" aria-label=\"";
o += R.out(R.f.t("visit.voice_n", { ["n"]: R.get(blob$4, "n") }));
o += "\"></audio>";
}
if (R.true(R.get(blob$4, "refused"))) {
o += "<p class=\"promise\">";
o += R.out(R.f.t(R.concat(["visit.blob_refused.", R.get(blob$4, "refused")])));
o += "</p>";
}
o += "</li>";
}
o += "</ul>";
}
return o;
},
},
},
"field/_stand_today.html": {
main(c, b, R) {
let o = "";
const items$0 = R.items(c["stands"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<section class=\"block\" id=\"stand-";
o += R.out(R.get(one$2, "person"));
o += "\" data-live aria-labelledby=\"stand-h-";
o += R.out(R.get(one$2, "person"));
o += "\"><h2 id=\"stand-h-";
o += R.out(R.get(one$2, "person"));
o += "\"><span>";
o += R.out(R.f.t("stand.for", { ["away"]: R.get(one$2, "away") }));
o += "</span><span>";
o += R.out(R.f.dated("stand.until", { ["day"]: R.f.day(R.get(one$2, "until")) }));
o += "</span></h2>\n<p class=\"quiet\">";
if (R.true(!R.true(R.get(one$2, "phones")))) {
o += R.out(R.f.t("stand.no_phone", { ["away"]: R.get(one$2, "away") }));
} else if (R.true(R.get(one$2, "last"))) {
o += R.out(R.f.dated("stand.phone", { ["away"]: R.get(one$2, "away"), ["n"]: R.get(one$2, "unsent"), ["when"]: R.f.moment(R.get(one$2, "last")) }));
} else {
o += R.out(R.f.t("stand.silent", { ["away"]: R.get(one$2, "away") }));
}
o += "</p>\n<ul class=\"rows\">";
const items$4 = R.items(R.get(one$2, "next"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const d$6 = items$4[i$5];
let at$8 = c["at"];
at$8 = R.f.t((R.true(R.get(R.get(d$6, "place"), "entrance")) ? "word.where" : "word.where_plain"), R.get(d$6, "place"));
o += "<li><a class=\"rest\" href=\"/field/households/";
o += R.out(R.get(d$6, "id"));
o += "\"><span><b>";
o += R.out(R.or(R.get(d$6, "name"), () => at$8));
o += "</b>";
if (R.true(R.get(d$6, "name"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(at$8);
}
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></li>";
}
if (R.true(R.less(R.f.length(R.get(one$2, "next")), R.get(one$2, "due")))) {
o += "<li><a class=\"rest\" href=\"/field/?show=next\"><span>";
o += R.out(R.f.t("stand.due", { ["n"]: R.get(one$2, "due") }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></li>";
}
const items$9 = R.items(R.get(one$2, "orders"));
for (let i$10 = 0; i$10 < items$9.length; i$10++) {
const order$11 = items$9[i$10];
o += "<li><a class=\"rest\" href=\"/field/orders/";
o += R.out(R.get(order$11, "id"));
o += "\"><span>";
o += R.out(R.f.t("order.title"));
o += R.out(R.f.t("word.colon"));
o += R.out(R.get(order$11, "title"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></li>";
}
if (R.true(R.get(one$2, "open"))) {
o += "<li><a class=\"rest\" href=\"/field/followups\"><span>";
o += R.out(R.f.t("stand.items", { ["n"]: R.get(one$2, "open") }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></li>";
}
o += "</ul></section>\n";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_stands.html": {
main(c, b, R) {
let o = "";
o += "<input type=\"hidden\" name=\"household\" value=\"";
o += R.out(R.get(c["household"], "id"));
o += "\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(R.get(c["household"], "grid"));
o += "\"><input type=\"hidden\" name=\"door\" value=\"";
o += R.out(R.get(c["household"], "short"));
o += "\">";
return o;
},
blocks: {
},
macros: {
},
},
"field/_turns.html": {
main(c, b, R) {
let o = "";
if (R.true(c["turns"])) {
o += "<section class=\"block\" aria-labelledby=\"turns\"><h2 id=\"turns\"><span>";
o += R.out(R.f.t("items.turns"));
o += "</span><span>";
o += R.out(R.f.t("items.turns_how"));
o += "</span></h2>\n";
const items$0 = R.items(c["turns"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<div class=\"post turned\"><b>";
if (R.true(R.same(R.get(one$2, "ask"), "spoken"))) {
o += R.out(R.f.t("items.spoken"));
} else {
o += R.out(R.f.t(R.concat(["word.ask.", R.get(one$2, "ask")])));
}
o += "</b>\n";
const items$4 = R.items(R.get(one$2, "became"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const item$6 = items$4[i$5];
o += R.out(R.safe(R.T["field/_items_macros.html"].macros["item_line"](R, item$6, false)));
}
if (R.true(R.get(one$2, "open"))) {
o += "<form autocomplete=\"off\" method=\"post\" action=\"/field/visits/";
o += R.out(c["of"]);
o += "/items\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"ask\" value=\"";
o += R.out(R.get(one$2, "ask"));
o += "\">";
if (R.true(R.same(R.get(one$2, "ask"), "effect"))) {
if (R.true(R.get(one$2, "options"))) {
o += "<label class=\"label\" for=\"rates\"><span>";
o += R.out(R.f.t("items.rates"));
o += "</span></label><select class=\"field\" id=\"rates\" name=\"of\">";
const items$8 = R.items(R.get(one$2, "options"));
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const was$10 = items$8[i$9];
o += "<option value=\"";
o += R.out(R.get(was$10, "of"));
o += "\">";
o += R.out(R.f.t(R.concat(["items.kind.", R.get(was$10, "kind")])));
o += R.out(R.f.t("word.colon"));
if (R.true(R.same(R.get(was$10, "kind"), "promise"))) {
o += R.out(R.f.day(R.get(was$10, "text")));
} else if (R.true(R.get(was$10, "text"))) {
o += R.out(R.get(was$10, "text"));
} else {
o += R.out(R.f.t("items.spoken"));
}
o += "</option>";
}
o += "<option value=\"\">";
o += R.out(R.f.t("items.rates_other"));
o += "</option></select>";
}
o += "<div class=\"turn\">";
const items$12 = R.items(["satisfied", "basic", "not"]);
for (let i$13 = 0; i$13 < items$12.length; i$13++) {
const rating$14 = items$12[i$13];
o += "<button class=\"btn\" name=\"rating\" value=\"";
o += R.out(rating$14);
o += "\">";
o += R.out(R.f.t(R.concat(["items.rating.", rating$14])));
o += "</button>";
}
o += "</div>";
} else {
o += "<div class=\"turn\">";
const items$16 = R.items(R.get(one$2, "kinds"));
for (let i$17 = 0; i$17 < items$16.length; i$17++) {
const kind$18 = items$16[i$17];
o += "<button class=\"btn\" name=\"kind\" value=\"";
o += R.out(kind$18);
o += "\">";
o += R.out(R.f.t(R.concat(["items.turn.", kind$18])));
o += "</button>";
}
o += "</div>";
}
o += "</form>";
}
o += "</div>\n";
}
o += "</section>\n";
}
return o;
},
blocks: {
},
macros: {
},
},
"field/_visit_line.html": {
main(c, b, R) {
let o = "";
o += "<p class=\"when\" id=\"v-";
o += R.out(R.get(c["visit"], "id"));
o += "\" data-live=\"still\"><a href=\"/field/visits/";
o += R.out(R.get(c["visit"], "id"));
o += "\"><time datetime=\"";
o += R.out(R.get(c["visit"], "at"));
o += "\">";
o += R.out(R.f.day(R.get(c["visit"], "at")));
o += "</time>";
if (R.true(R.get(c["visit"], "by"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(c["visit"], "by"));
}
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.mode.", R.get(c["visit"], "mode")])));
o += "</a>";
if (R.true(R.get(c["visit"], "late"))) {
o += " <span class=\"word promise\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-late\"/></svg>";
o += R.out(R.f.t("visit.late", { ["on"]: R.f.day(R.get(c["visit"], "late")) }));
o += "</span>";
}
if (R.true(R.get(c["visit"], "imported"))) {
o += " <span class=\"word quiet\">";
o += R.out(R.f.t("visit.imported"));
o += "</span>";
}
if (R.true(R.get(c["visit"], "corrected"))) {
o += " <span class=\"word quiet\">";
o += R.out(R.f.t("visit.corrected"));
o += "</span>";
}
if (R.true(R.get(c["visit"], "twice"))) {
o += " <span class=\"word quiet\">";
o += R.out(R.f.t("visit.twice"));
o += "</span>";
}
if (R.true(R.get(c["visit"], "unsent"))) {
o += " <span class=\"word unsent\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-unsent\"/></svg>";
o += R.out(R.f.t("word.mark.unsent"));
o += "</span>";
}
o += "</p>\n<p>";
o += R.out(R.f.t(R.concat(["word.result.", R.get(c["visit"], "result")])));
o += "</p>\n";
if (R.true(R.get(c["visit"], "private"))) {
o += "<p class=\"quiet\">";
o += R.out(R.f.t("visit.private_kept"));
o += "</p>";
}
if (R.true(R.get(c["visit"], "text"))) {
if (R.true(R.get(c["visit"], "long"))) {
o += "<details class=\"long\"><summary><span class=\"pre\">";
o += R.out(R.get(c["visit"], "text"));
o += "</span><b class=\"all\">";
o += R.out(R.f.t("visit.whole"));
o += "</b></summary></details>";
} else {
o += "<p class=\"pre\">";
o += R.out(R.get(c["visit"], "text"));
o += "</p>";
}
}
const items$0 = R.items(R.get(c["visit"], "asks"));
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const said$2 = items$0[i$1];
if (R.true(R.get(said$2, "long"))) {
o += "<details class=\"long\"><summary><span class=\"pre\"><b>";
o += R.out(R.f.t(R.concat(["word.ask.", R.get(said$2, "ask")])));
o += "</b> ";
o += R.out(R.get(said$2, "text"));
o += "</span><b class=\"all\">";
o += R.out(R.f.t("visit.whole"));
o += "</b></summary></details>";
} else {
o += "<p class=\"pre\"><b>";
o += R.out(R.f.t(R.concat(["word.ask.", R.get(said$2, "ask")])));
o += "</b> ";
o += R.out(R.get(said$2, "text"));
o += "</p>";
}
}
if (R.true(R.or(R.or(R.or(R.or(R.same(R.get(c["visit"], "care"), "watch"), () => R.same(R.get(c["visit"], "care"), "urgent")), () => R.get(c["visit"], "follow_up_on")), () => R.get(c["visit"], "companions")), () => R.get(c["visit"], "who_met")))) {
o += "<p class=\"quiet\">";
if (R.true(R.or(R.same(R.get(c["visit"], "care"), "watch"), () => R.same(R.get(c["visit"], "care"), "urgent")))) {
o += "<span class=\"word ";
if (R.true(R.same(R.get(c["visit"], "care"), "urgent"))) {
o += "due";
} else {
o += "care";
}
o += "\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-";
if (R.true(R.same(R.get(c["visit"], "care"), "urgent"))) {
o += "due";
} else {
o += "care";
}
o += "\"/></svg>";
o += R.out(R.f.t(R.concat(["word.care.", R.get(c["visit"], "care")])));
o += "</span>";
}
if (R.true(R.get(c["visit"], "follow_up_on"))) {
if (R.true(R.or(R.same(R.get(c["visit"], "care"), "watch"), () => R.same(R.get(c["visit"], "care"), "urgent")))) {
o += " · ";
}
o += "<span class=\"word\">";
o += R.out(R.f.t("visit.next_on", { ["on"]: R.f.day(R.get(c["visit"], "follow_up_on")) }));
o += "</span>";
}
if (R.true(R.get(c["visit"], "who_met"))) {
if (R.true(R.or(R.or(R.same(R.get(c["visit"], "care"), "watch"), () => R.same(R.get(c["visit"], "care"), "urgent")), () => R.get(c["visit"], "follow_up_on")))) {
o += " · ";
}
o += "<span>";
o += R.out(R.f.t("visit.met_whom", { ["who"]: R.get(c["visit"], "who_met") }));
o += "</span>";
}
if (R.true(R.get(c["visit"], "companions"))) {
if (R.true(R.or(R.or(R.or(R.same(R.get(c["visit"], "care"), "watch"), () => R.same(R.get(c["visit"], "care"), "urgent")), () => R.get(c["visit"], "follow_up_on")), () => R.get(c["visit"], "who_met")))) {
o += " · ";
}
o += "<span>";
o += R.out(R.f.t("visit.together", { ["who"]: R.f.join(R.get(c["visit"], "companions"), R.f.t("word.and")) }));
o += "</span>";
}
o += "</p>";
}
if (R.true(R.get(c["visit"], "blobs"))) {
o += "<p class=\"quiet\" id=\"b-";
o += R.out(R.get(c["visit"], "id"));
o += "\" data-live=\"still\">";
o += R.out(R.safe(R.T["shared/marks.html"].macros["blobs"](R, R.get(c["visit"], "blobs"))));
o += "</p>";
}
o += R.page("field/_asked.html", R.with(c, {}), {});
return o;
},
blocks: {
},
macros: {
},
},
"field/_voice.html": {
main(c, b, R) {
let o = "";
c["folded"] = true;
o += "<div class=\"asks\"><details";
if (R.true(R.or(R.get(c["values"], "blobs"), () => R.get(c["errors"], "blobs")))) {
o += " open";
}
o += "><summary><b>";
o += R.out(R.f.t("visit.blobs"));
o += "</b><span>";
o += R.out(R.f.t("visit.blobs_hint"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-photo\"/></svg></summary>";
o += R.page("field/_photos.html", R.with(c, {}), {});
o += "</details></div>";
return o;
},
blocks: {
},
macros: {
},
},
"field/_whistles_home.html": {
main(c, b, R) {
let o = "";
o += "<section class=\"block\" aria-labelledby=\"home-whistles\"><h2 id=\"home-whistles\"><span>";
o += R.out(R.f.t("whistles.title"));
o += "</span><a href=\"/field/whistles/new?household=";
o += R.out(R.get(c["household"], "id"));
o += "\">";
o += R.out(R.f.t("whistles.new"));
o += "</a></h2>\n";
if (R.true(c["whistles"])) {
const items$0 = R.items(c["whistles"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += R.out(R.safe(R.T["field/_whistles_macros.html"].macros["whistle_line"](R, one$2)));
}
} else {
o += "<p class=\"none\">";
o += R.out(R.f.t("whistles.none"));
o += "</p>";
}
o += "</section>";
return o;
},
blocks: {
},
macros: {
},
},
"field/_whistles_macros.html": {
main(c, b, R) {
let o = "";
return o;
},
blocks: {
},
macros: {
"whistle_line"(R, one$0) {
let o = "";
o += "<a class=\"rest\" href=\"/field/whistles/";
o += R.out(R.get(one$0, "id"));
o += "\"><span>";
o += R.out(R.get(one$0, "title"));
o += R.out(R.f.t("word.comma"));
if (R.true(R.get(one$0, "building"))) {
o += "<bdi>";
o += R.out(R.get(one$0, "building"));
o += "</bdi>";
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t(R.concat(["whistles.state.", R.get(one$0, "state")])));
if (R.true(R.get(one$0, "unsent"))) {
o += " ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
return o;
},
"shots"(R, told$0, whistle$1) {
let o = "";
o += "<ul class=\"shots\">";
const items$2 = R.items(R.get(told$0, "all"));
for (let i$3 = 0; i$3 < items$2.length; i$3++) {
const blob$4 = items$2[i$3];
o += "<li>";
if (R.true(R.same(R.get(blob$4, "kind"), "photo"))) {
o += "<a href=\"/blobs/";
o += R.out(R.get(blob$4, "sha256"));
o += "?whistle=";
o += R.out(whistle$1);
o += "\"><img src=\"/blobs/";
o += R.out(R.get(blob$4, "sha256"));
o += "?whistle=";
o += R.out(whistle$1);
o += "&amp;small=1\" alt=\"";
o += R.out(R.f.t("visit.photo_n", { ["n"]: R.get(blob$4, "n") }));
o += "\" loading=\"lazy\"></a>";
} else {
o += "<audio controls preload=\"none\" src=\"/blobs/";
o += R.out(R.get(blob$4, "sha256"));
o += "?whistle=";
o += R.out(whistle$1);
o += "\" aria-label=\"";
o += R.out(R.f.t("visit.voice_n", { ["n"]: R.get(blob$4, "n") }));
o += "\"></audio>";
}
o += "</li>";
}
o += "</ul>";
return o;
},
},
},
"field/_whistles_today.html": {
main(c, b, R) {
let o = "";
o += "<section class=\"block\" id=\"whistles\" data-live=\"still\" aria-labelledby=\"whistles-h\"><h2 id=\"whistles-h\"><span>";
o += R.out(R.f.t("whistles.title"));
o += "</span><a href=\"/field/whistles/new\">";
o += R.out(R.f.t("whistles.new"));
o += "</a></h2>\n";
const items$0 = R.items(R.get(c["whistles"], "waiting"));
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += R.out(R.safe(R.T["field/_whistles_macros.html"].macros["whistle_line"](R, one$2)));
}
if (R.true(R.get(c["whistles"], "n"))) {
o += "<a class=\"rest\" href=\"/field/whistles\"><span>";
o += R.out(R.f.t("whistles.open_n", { ["n"]: R.get(c["whistles"], "n") }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
} else if (R.true(!R.true(R.get(c["whistles"], "waiting")))) {
o += "<p class=\"none\">";
o += R.out(R.f.t("whistles.none"));
o += " <a class=\"text\" href=\"/field/whistles\">";
o += R.out(R.f.t("whistles.all"));
o += "</a></p>";
}
o += "</section>";
return o;
},
blocks: {
},
macros: {
},
},
"field/arriving.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.arriving.title"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<p class=\"place\"></p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<div id=\"day\" data-live>\n<h1 class=\"say\">";
o += R.out(R.f.t("field.arriving.say"));
o += "</h1>\n<p>";
o += R.out(R.f.t("field.arriving.then"));
o += "</p>\n</div>\n";
return o;
},
},
macros: {
},
},
"field/care.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/photos.js\"></script>";
return o;
},
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("care.title"));
return o;
},
"top"(c, b, R, up) {
let o = "";
if (R.true(c["one"])) {
o += "<a class=\"icon-btn back\" href=\"/field/care\" aria-label=\"";
o += R.out(R.f.t("care.back"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.or(R.get(c["one"], "name"), () => R.f.t((R.true(R.get(R.get(c["one"], "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(c["one"], "place"))));
o += "</h1>";
} else {
o += "<a class=\"icon-btn back\" href=\"/field/\" aria-label=\"";
o += R.out(R.f.t("field.back_today"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("care.title"));
o += "</h1>";
}
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(c["one"])) {
if (R.true(R.get(c["one"], "saved"))) {
o += "<div class=\"saved\" id=\"saved\" data-live=\"still\" role=\"status\"><p><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#rc-yes\"/></svg><b>";
o += R.out(R.f.t("care.saved", { ["state"]: R.f.t(R.concat(["word.care.", R.get(R.get(c["one"], "saved"), "state")])) }));
o += "</b> <span class=\"whole\">";
o += R.out(R.f.t((R.true(R.get(R.get(c["one"], "saved"), "unsent")) ? "word.receipt.phone" : "word.receipt.server")));
o += "</span></p>";
if (R.true(!R.true(R.get(R.get(c["one"], "saved"), "undone")))) {
o += "<form method=\"post\" action=\"/field/care\" autocomplete=\"off\"><input type=\"hidden\" name=\"pair\" value=\"";
o += R.out(R.get(c["one"], "id"));
o += "\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(R.get(c["one"], "grid"));
o += "\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><button class=\"btn plain\" name=\"undo\" value=\"";
o += R.out(R.get(R.get(c["one"], "saved"), "id"));
o += "\">";
o += R.out(R.f.t("care.undo"));
o += "</button></form>";
}
o += "</div>";
}
o += "<div id=\"care-told\" data-live>\n<p class=\"say\">";
if (R.true(R.none(R.get(c["one"], "days")))) {
o += R.out(R.f.t("care.never"));
} else if (R.true(R.same(R.get(c["one"], "days"), 0))) {
o += R.out(R.f.t("care.today"));
} else {
o += R.out(R.f.t("care.last", { ["n"]: R.get(c["one"], "days") }));
}
o += " ";
o += R.out(R.safe(R.T["field/_care_line.html"].macros["state"](R, R.get(c["one"], "state"))));
o += "</p>\n<p class=\"quiet\"><a href=\"/field/households/";
o += R.out(R.get(c["one"], "household"));
o += "\">";
o += R.out(R.get(R.get(c["one"], "place"), "quarters"));
o += R.out(R.f.t((R.true(R.get(R.get(c["one"], "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(c["one"], "place")));
o += "</a>";
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.cadence.", R.get(c["one"], "cadence")])));
if (R.true(!R.true(R.get(c["one"], "mine")))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("care.by", { ["by"]: R.get(c["one"], "by") }));
}
o += "</p>\n";
if (R.true(R.same(R.get(c["one"], "due"), "major"))) {
o += "<p>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "due", R.f.t("care.major"))));
o += "</p>";
}
if (R.true(R.get(c["one"], "ended"))) {
o += "<p>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "late", R.f.t("care.ended"))));
o += "</p>";
}
o += "</div>\n<form class=\"form\" id=\"care\" method=\"post\" enctype=\"multipart/form-data\" action=\"/field/care\" autocomplete=\"off\" data-draft=\"care:";
o += R.out(R.get(c["one"], "id"));
o += "\">\n  <input type=\"hidden\" name=\"pair\" value=\"";
o += R.out(R.get(c["one"], "id"));
o += "\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(R.get(c["one"], "grid"));
o += "\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\">\n";
if (R.true(R.get(c["errors"], "state"))) {
o += "<p class=\"wrong\" role=\"alert\">";
o += R.out(R.f.t(R.get(c["errors"], "state")));
o += "</p>";
}
o += "  <fieldset><legend><span>";
o += R.out(R.f.t("care.way"));
o += "</span></legend><div class=\"pick\">";
const items$0 = R.items(c["ways"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const each$2 = items$0[i$1];
o += "<label><input type=\"radio\" name=\"way\" value=\"";
o += R.out(each$2);
o += "\"";
if (R.true(R.same(R.get(c["values"], "way"), each$2))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["word.way.", each$2])));
o += "</label>";
}
o += "</div></fieldset>\n  <p><label class=\"label\" for=\"text\"><span>";
o += R.out(R.f.t("care.words"));
o += "</span><span>";
o += R.out(R.f.t("care.words_how"));
o += "</span></label><textarea class=\"field\" id=\"text\" name=\"text\" rows=\"3\"";
if (R.true(R.get(c["errors"], "text"))) {
o += " aria-invalid=\"true\" aria-describedby=\"w-text\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "text"));
o += "</textarea></p>";
if (R.true(R.get(c["errors"], "text"))) {
o += "<p class=\"wrong\" id=\"w-text\">";
o += R.out(R.f.t(R.get(c["errors"], "text")));
o += "</p>";
}
o += R.page("field/_voice.html", R.with(c, {}), {});
o += "</form>\n<section class=\"block\" aria-labelledby=\"checks\"><h2 id=\"checks\"><span>";
o += R.out(R.f.t("care.checks"));
o += "</span><a href=\"/field/emergency?household=";
o += R.out(R.get(c["one"], "household"));
o += "\">";
o += R.out(R.f.t("care.emergency"));
o += "</a></h2>\n";
if (R.true(R.get(c["one"], "checks"))) {
o += "<ol class=\"rows\" id=\"care-checks\" data-live>";
const items$4 = R.items(R.get(c["one"], "checks"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const c$6 = items$4[i$5];
o += "<li class=\"post\"><small>";
o += R.out(R.f.moment(R.get(c$6, "at")));
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(c$6, "by"));
if (R.true(R.get(c$6, "way"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.way.", R.get(c$6, "way")])));
}
o += "</small><b>";
o += R.out(R.f.t(R.concat(["word.care.", R.get(c$6, "state")])));
o += "</b>";
if (R.true(R.get(c$6, "text"))) {
o += "<p class=\"pre\">";
o += R.out(R.get(c$6, "text"));
o += "</p>";
}
o += R.out(R.safe(R.T["field/_shots.html"].macros["shots"](R, R.get(c$6, "blobs"), R.concat(["check=", R.get(c$6, "id")]))));
if (R.true(R.get(c$6, "undone"))) {
o += "<p>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "late", R.f.t("care.undone"))));
o += "</p>";
} else if (R.true(R.get(c$6, "after_end"))) {
o += "<p>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "late", R.f.t("care.after_end"))));
o += "</p>";
}
if (R.true(R.get(c$6, "unsent"))) {
o += "<p>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
o += "</p>";
}
if (R.true(R.and(R.get(c$6, "mine"), () => !R.true(R.get(c$6, "undone"))))) {
o += "<form method=\"post\" action=\"/field/care\" autocomplete=\"off\"><input type=\"hidden\" name=\"pair\" value=\"";
o += R.out(R.get(c["one"], "id"));
o += "\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(R.get(c["one"], "grid"));
o += "\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><button class=\"btn plain\" name=\"undo\" value=\"";
o += R.out(R.get(c$6, "id"));
o += "\">";
o += R.out(R.f.t("care.undo"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.colon"));
o += R.out(R.f.moment(R.get(c$6, "at")));
o += "</span></button></form>";
}
o += "</li>";
}
o += "</ol>\n";
} else {
o += "<p class=\"none\">";
o += R.out(R.f.t("care.checks_none"));
o += "</p>";
}
o += "</section>\n";
} else {
o += "<div id=\"care-lists\" data-live>\n";
if (R.true(R.and(R.and(R.and(!R.true(c["urgent"]), () => !R.true(c["due"])), () => !R.true(c["later"])), () => !R.true(c["others"])))) {
o += "<p class=\"say\">";
o += R.out(R.f.t("care.none"));
o += "</p><p>";
o += R.out(R.f.t("care.none_then"));
o += "</p>";
} else if (R.true(c["due"])) {
o += "<p class=\"say\">";
o += R.out(R.f.t("care.due_say", { ["n"]: R.f.length(c["due"]) }));
o += "</p>";
} else {
o += "<p class=\"say\">";
o += R.out(R.f.t("care.well"));
o += "</p>";
}
if (R.true(c["urgent"])) {
o += "<section class=\"block\" aria-labelledby=\"c-urgent\"><h2 id=\"c-urgent\"><span>";
o += R.out(R.f.t("care.urgent"));
o += "</span><a href=\"/field/emergency\">";
o += R.out(R.f.t("care.emergency"));
o += "</a></h2><ul class=\"rows\">";
const items$8 = R.items(c["urgent"]);
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const one$10 = items$8[i$9];
o += "<li>";
o += R.out(R.safe(R.T["field/_care_line.html"].macros["line"](R, one$10)));
o += "</li>";
}
o += "</ul></section>";
}
if (R.true(c["due"])) {
o += "<section class=\"block\" aria-labelledby=\"c-due\"><h2 id=\"c-due\"><span>";
o += R.out(R.f.t("care.due"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(c["due"])));
o += "</span></h2><ul class=\"rows\">";
const items$12 = R.items(c["due"]);
for (let i$13 = 0; i$13 < items$12.length; i$13++) {
const one$14 = items$12[i$13];
o += "<li>";
o += R.out(R.safe(R.T["field/_care_line.html"].macros["line"](R, one$14)));
o += "</li>";
}
o += "</ul></section>";
}
if (R.true(c["later"])) {
o += "<section class=\"block\" aria-labelledby=\"c-later\"><h2 id=\"c-later\"><span>";
o += R.out(R.f.t("care.later"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(c["later"])));
o += "</span></h2><ul class=\"rows\">";
const items$16 = R.items(c["later"]);
for (let i$17 = 0; i$17 < items$16.length; i$17++) {
const one$18 = items$16[i$17];
o += "<li>";
o += R.out(R.safe(R.T["field/_care_line.html"].macros["line"](R, one$18)));
o += "</li>";
}
o += "</ul></section>";
}
if (R.true(c["others"])) {
o += "<section class=\"block\" aria-labelledby=\"c-others\"><h2 id=\"c-others\"><span>";
o += R.out(R.f.t("care.others"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(c["others"])));
o += "</span></h2><ul class=\"rows\">";
const items$20 = R.items(c["others"]);
for (let i$21 = 0; i$21 < items$20.length; i$21++) {
const one$22 = items$20[i$21];
o += "<li>";
o += R.out(R.safe(R.T["field/_care_line.html"].macros["line"](R, one$22)));
o += "</li>";
}
o += "</ul></section>";
}
o += "</div>\n";
}
return o;
},
"foot"(c, b, R, up) {
let o = "";
if (R.true(c["one"])) {
o += "<div class=\"acts\">";
const items$0 = R.items(c["states"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const each$2 = items$0[i$1];
o += "<button form=\"care\" class=\"btn";
if (R.true(R.same(each$2, "ok"))) {
o += " go";
}
o += "\" name=\"state\" value=\"";
o += R.out(each$2);
o += "\">";
o += R.out(R.f.t(R.concat(["word.care.", each$2])));
o += "</button>";
}
o += "</div>";
} else {
o += R.out(R.safe(up()));
}
return o;
},
},
macros: {
},
},
"field/carry.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("carry.title"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/outbox\" aria-label=\"";
o += R.out(R.f.t("field.tab.outbox"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><p class=\"place\">";
o += R.out(R.f.t("carry.title"));
o += "</p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<h1 class=\"say\">";
o += R.out(R.f.t((R.true(c["on_phone"]) ? "carry.say" : "carry.say_server")));
o += "</h1>\n<p>";
o += R.out(R.f.t("carry.how"));
o += "</p>\n";
if (R.true(c["wrong"])) {
o += "<p class=\"wrong\" role=\"alert\">";
o += R.out(R.f.t(c["wrong"]));
o += "</p>";
}
o += "<form class=\"form\" method=\"post\" action=\"/field/carry\" enctype=\"multipart/form-data\">\n  <p><label class=\"label\" for=\"capsule\"><span>";
o += R.out(R.f.t("carry.file"));
o += "</span></label><input class=\"field\" id=\"capsule\" type=\"file\" name=\"capsule\" required></p>\n  <p><button class=\"btn go\">";
o += R.out(R.f.t((R.true(c["on_phone"]) ? "carry.keep" : "carry.send")));
o += "</button></p>\n</form>\n<div id=\"carried\" data-live>\n";
if (R.true(c["carried"])) {
o += "<section class=\"block\" aria-labelledby=\"kept\"><h2 id=\"kept\">";
o += R.out(R.f.t("carry.kept"));
o += "</h2>\n  <ol class=\"rows\">";
const items$0 = R.items(c["carried"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<li class=\"post";
if (R.true(R.get(one$2, "problem"))) {
o += " note";
}
o += "\"><small>";
o += R.out(R.f.t((R.true(R.get(one$2, "sent")) ? "carry.sent" : "carry.since"), { ["at"]: (R.true(R.get(one$2, "today")) ? R.f.clock(R.get(one$2, "at")) : R.f.moment(R.get(one$2, "at"))) }));
o += "</small><b>";
o += R.out(R.get(one$2, "name"));
o += "</b>\n";
if (R.true(R.get(one$2, "problem"))) {
o += "<p class=\"promise\">";
o += R.out(R.f.t(R.concat(["carry.problem.", R.get(one$2, "problem")])));
o += "</p>";
} else if (R.true(R.get(one$2, "sent"))) {
o += "<ul>";
if (R.true(R.get(one$2, "fresh"))) {
o += "<li>";
o += R.out(R.f.t("carry.fresh", { ["n"]: R.get(one$2, "fresh") }));
o += "</li>";
}
if (R.true(R.get(one$2, "known"))) {
o += "<li>";
o += R.out(R.f.t("carry.known", { ["n"]: R.get(one$2, "known") }));
o += "</li>";
}
if (R.true(R.get(one$2, "aside"))) {
o += "<li>";
o += R.out(R.f.t("carry.aside", { ["n"]: R.get(one$2, "aside") }));
o += "</li>";
}
if (R.true(R.get(one$2, "fork"))) {
o += "<li>";
o += R.out(R.f.t("carry.fork"));
o += "</li>";
}
o += "</ul>";
} else {
o += "<p>";
o += R.out(R.f.t("carry.waits"));
o += "</p>";
}
if (R.true(R.and(c["on_phone"], () => R.or(R.get(one$2, "sent"), () => R.get(one$2, "problem"))))) {
o += "<form method=\"post\" action=\"/field/carry\"><input type=\"hidden\" name=\"drop\" value=\"";
o += R.out(R.get(one$2, "id"));
o += "\"><button class=\"btn plain\">";
o += R.out(R.f.t("carry.drop"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(one$2, "name"));
o += "</span></button></form>";
}
o += "</li>";
}
o += "</ol></section>\n";
}
o += "</div>\n";
return o;
},
},
macros: {
},
},
"field/doors.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.tab.doors"));
return o;
},
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/board.js\"></script>";
return o;
},
"top"(c, b, R, up) {
let o = "";
if (R.true(c["picks"])) {
o += "<a class=\"icon-btn back\" href=\"/field/patrol#note\" aria-label=\"";
o += R.out(R.f.t("patrol.back"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a>";
}
o += "<h1>";
if (R.true(c["building"])) {
o += R.out(R.get(c["building"], "quarters"));
o += R.out(R.get(c["building"], "name"));
} else {
o += R.out(R.f.t("field.tab.doors"));
}
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
let base$0 = c["base"];
base$0 = (R.true(c["picks"]) ? "/field/patrol?at=" : "");
if (R.true(!R.true(c["building"]))) {
o += "<p class=\"say\">";
o += R.out(R.f.t("field.doors.none"));
o += "</p>\n";
} else {
if (R.true(c["picks"])) {
o += "<p class=\"quiet\">";
o += R.out(R.f.t("patrol.tap_door"));
o += "</p>";
} else {
o += "<form class=\"finding\" autocomplete=\"off\" role=\"search\" action=\"/field/doors\" data-finding>\n  <input type=\"hidden\" name=\"building\" value=\"";
o += R.out(R.get(c["building"], "id"));
o += "\">\n  <label class=\"find\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-find\"/></svg><span class=\"hide\">";
o += R.out(R.f.t("field.find.label"));
o += "</span><input type=\"search\" name=\"q\" value=\"";
o += R.out(c["q"]);
o += "\" placeholder=\"";
o += R.out(R.f.t("field.find.hint"));
o += "\" autocomplete=\"off\" enterkeyhint=\"search\" maxlength=\"60\" hx-get=\"/field/doors/found\" hx-trigger=\"input changed delay:180ms\" hx-target=\"#found\" hx-sync=\"this:replace\" hx-include=\"closest form\"></label>\n  <div class=\"found\" id=\"found\" role=\"status\">";
if (R.true(c["found"])) {
o += R.page("field/_found.html", R.with(c, {"base": base$0}), {});
}
o += "</div>\n</form>\n";
}
if (R.true(R.less(1, R.f.length(c["strip"])))) {
o += "<nav class=\"switch\" aria-label=\"";
o += R.out(R.f.t("field.doors.switch"));
o += "\">\n";
const items$1 = R.items(c["strip"]);
for (let i$2 = 0; i$2 < items$1.length; i$2++) {
const b$3 = items$1[i$2];
o += "  <a href=\"/field/doors?building=";
o += R.out(R.get(b$3, "id"));
if (R.true(c["picks"])) {
o += "&amp;pick=note";
}
o += "\"";
if (R.true(R.get(b$3, "current"))) {
o += " aria-current=\"true\"";
}
o += ">";
o += R.out(R.safe(R.T["shared/doors.html"].macros["mini"](R, R.get(b$3, "mini"))));
o += "<span>";
o += R.out(R.get(b$3, "name"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("field.doors.strip", { ["n"]: R.get(b$3, "homes"), ["due"]: R.get(b$3, "due") }));
o += "</span></span></a>\n";
}
o += "</nav>\n";
}
if (R.true(!R.true(R.get(c["board"], "homes")))) {
o += "<p class=\"sum\">";
o += R.out(R.f.t((R.true(c["arriving"]) ? "field.doors.empty_arriving" : "field.doors.empty")));
o += "</p>\n";
} else {
o += "<p class=\"sum\"><b>";
o += R.out(R.f.t("field.doors.sum", { ["n"]: R.get(c["board"], "homes"), ["recent"]: R.get(c["board"], "recent") }));
if (R.true(R.get(c["board"], "due"))) {
o += " <span class=\"due\">";
o += R.out(R.f.t("field.doors.sum_due", { ["n"]: R.get(c["board"], "due") }));
o += "</span>";
}
o += "</b></p>\n";
if (R.true(R.get(c["board"], "entrances"))) {
o += "<div class=\"facade\" id=\"facade\">\n  <div class=\"floors\" aria-hidden=\"true\">\n    <ol>";
const items$5 = R.items(R.get(c["board"], "levels"));
for (let i$6 = 0; i$6 < items$5.length; i$6++) {
const level$7 = items$5[i$6];
o += "<li>";
o += R.out(R.f.t("word.floor", { ["floor"]: level$7 }));
o += "</li>";
}
o += "</ol>\n";
if (R.true(R.get(c["board"], "below"))) {
o += "<ol class=\"under\">";
const items$9 = R.items(R.get(c["board"], "below"));
for (let i$10 = 0; i$10 < items$9.length; i$10++) {
const level$11 = items$9[i$10];
o += "<li>";
o += R.out(R.f.t("word.floor_below", { ["floor"]: level$11 }));
o += "</li>";
}
o += "</ol>";
}
o += "  </div>\n";
const items$13 = R.items(R.get(c["board"], "entrances"));
for (let i$14 = 0; i$14 < items$13.length; i$14++) {
const e$15 = items$13[i$14];
const loop$16 = R.loop(i$14, items$13);
let stair$17 = c["stair"];
stair$17 = R.concat(["h", loop$16.index]);
o += "<section class=\"entrance\" id=\"e";
o += R.out(loop$16.index);
o += "\" aria-labelledby=\"h";
o += R.out(loop$16.index);
o += "\"><h2 id=\"h";
o += R.out(loop$16.index);
o += "\">";
if (R.true(R.get(e$15, "name"))) {
o += R.out(R.f.t("word.entrance", { ["entrance"]: R.get(e$15, "name") }));
} else {
o += R.out(R.f.t("word.no_entrance"));
}
o += "</h2>\n    <div class=\"doors\">";
const items$18 = R.items(R.get(e$15, "rows"));
for (let i$19 = 0; i$19 < items$18.length; i$19++) {
const row$20 = items$18[i$19];
o += "<div class=\"floor\">";
const items$22 = R.items(row$20);
for (let i$23 = 0; i$23 < items$22.length; i$23++) {
const d$24 = items$22[i$23];
if (R.true(d$24)) {
o += R.out(R.safe(R.T["shared/doors.html"].macros["door"](R, d$24, base$0, stair$17)));
} else {
o += "<i></i>";
}
}
o += "</div>";
}
o += "</div>\n";
if (R.true(R.get(c["board"], "below"))) {
o += "<div class=\"doors under\">";
const items$26 = R.items(R.get(e$15, "below"));
for (let i$27 = 0; i$27 < items$26.length; i$27++) {
const row$28 = items$26[i$27];
o += "<div class=\"floor\">";
const items$30 = R.items(row$28);
for (let i$31 = 0; i$31 < items$30.length; i$31++) {
const d$32 = items$30[i$31];
if (R.true(d$32)) {
o += R.out(R.safe(R.T["shared/doors.html"].macros["door"](R, d$32, base$0, stair$17)));
} else {
o += "<i></i>";
}
}
o += "</div>";
}
o += "</div>";
}
o += "  </section>\n";
}
o += "</div>\n";
}
if (R.true(R.get(c["board"], "loose"))) {
o += "<section class=\"block\" aria-labelledby=\"loose\">\n  <h2 id=\"loose\">";
if (R.true(R.same(R.get(c["building"], "kind"), "bungalows"))) {
o += R.out(R.f.t("field.doors.bungalows"));
} else if (R.true(R.same(R.get(c["building"], "kind"), "shops"))) {
o += R.out(R.f.t("field.doors.shops"));
} else {
o += R.out(R.f.t("field.doors.loose"));
}
o += "</h2>\n  <div class=\"loose\">";
const items$34 = R.items(R.get(c["board"], "loose"));
for (let i$35 = 0; i$35 < items$34.length; i$35++) {
const d$36 = items$34[i$35];
o += R.out(R.safe(R.T["shared/doors.html"].macros["door"](R, d$36, base$0, "")));
}
o += "</div>\n</section>\n";
}
if (R.true(R.less(1, R.f.length(R.get(c["board"], "entrances"))))) {
o += "<nav class=\"porch\" aria-label=\"";
o += R.out(R.f.t("field.doors.porch"));
o += "\">";
const items$38 = R.items(R.get(c["board"], "entrances"));
for (let i$39 = 0; i$39 < items$38.length; i$39++) {
const e$40 = items$38[i$39];
const loop$41 = R.loop(i$39, items$38);
o += "<a href=\"#e";
o += R.out(loop$41.index);
o += "\">";
if (R.true(R.get(e$40, "name"))) {
o += R.out(R.f.t("word.entrance", { ["entrance"]: R.get(e$40, "name") }));
} else {
o += R.out(R.f.t("word.no_entrance"));
}
if (R.true(R.get(e$40, "due"))) {
o += "<span class=\"word due\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-due\"/></svg><span class=\"hide\">";
o += R.out(R.f.t("word.mark.due"));
o += " </span>";
o += R.out(R.get(e$40, "due"));
o += "</span>";
}
o += "</a>";
}
o += "</nav>\n";
}
o += "<section aria-label=\"";
o += R.out(R.f.t("field.doors.legend"));
o += "\">\n  <ol class=\"legend\"><li><i data-age=\"1\"></i>";
o += R.out(R.f.t("field.doors.step_1"));
o += "</li><li><i data-age=\"2\"></i>";
o += R.out(R.f.t("field.doors.step_2"));
o += "</li><li><i data-age=\"3\"></i>";
o += R.out(R.f.t("field.doors.step_3"));
o += "</li><li><i data-age=\"4\"></i>";
o += R.out(R.f.t("field.doors.step_4"));
o += "</li></ol>\n  <ul class=\"keys\"><li>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "due", R.f.t("word.mark.due"))));
o += "</li><li>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "promise", R.f.t("word.mark.promise"))));
o += "</li><li>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "care", R.f.t("word.mark.care"))));
o += "</li><li>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "differ", R.f.t("word.mark.differ"))));
o += "</li><li>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
o += "</li><li><span class=\"word\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-no_answer\"/></svg>";
o += R.out(R.f.t("word.mark.knock"));
o += "</span></li></ul>\n</section>\n";
}
if (R.true(!R.true(c["picks"]))) {
o += "<a class=\"rest\" href=\"/field/households/new?building=";
o += R.out(R.get(c["building"], "id"));
o += "\"><span>";
o += R.out(R.f.t((R.true(c["half_door"]) ? "field.doors.add_on" : "field.doors.add")));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-add\"/></svg></a>";
}
}
return o;
},
},
macros: {
},
},
"field/emergency.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("care.emergency"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/\" aria-label=\"";
o += R.out(R.f.t("field.back_today"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("care.emergency"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<p class=\"say\">";
o += R.out(R.f.t("emergency.say"));
o += "</p>\n<nav class=\"numbers\" aria-label=\"";
o += R.out(R.f.t("emergency.numbers"));
o += "\">\n";
const items$0 = R.items(c["numbers"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const number$2 = items$0[i$1];
o += "<a class=\"btn go\" href=\"tel:";
o += R.out(number$2);
o += "\"><b>";
o += R.out(number$2);
o += "</b><span>";
o += R.out(R.f.t(R.concat(["emergency.", number$2])));
o += "</span></a>";
}
if (R.true(c["duty"])) {
o += "<a class=\"btn go\" href=\"tel:";
o += R.out(c["duty"]);
o += "\"><b>";
o += R.out(c["duty"]);
o += "</b><span>";
o += R.out(R.f.t("emergency.duty"));
o += "</span></a>";
} else {
o += "<p>";
o += R.out(R.f.t("emergency.no_duty"));
o += "</p>";
}
o += "</nav>\n";
if (R.true(c["written"])) {
o += "<p role=\"status\">";
o += R.out(R.f.t("emergency.written"));
o += "</p>";
} else {
o += "<p>";
o += R.out(R.f.t("emergency.after"));
o += "</p>";
}
o += "<p><a class=\"rest\" href=\"";
if (R.true(c["household"])) {
o += "/field/households/";
o += R.out(c["household"]);
o += "/visits/new";
} else {
o += "/field/visits/new";
}
o += "\"><span>";
o += R.out(R.f.t("emergency.write"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
return o;
},
},
macros: {
},
},
"field/facts.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.facts"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "\" aria-label=\"";
o += R.out(R.f.t("field.back_home"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
if (R.true(R.same(c["whose"], "residents"))) {
o += R.out(R.or(R.get(R.item(c["facts"], 0), "value"), () => R.f.t("field.people.unnamed")));
} else if (R.true(R.get(c["household"], "name"))) {
o += R.out(R.f.t("field.home_of", { ["name"]: R.get(c["household"], "name") }));
} else {
o += R.out(R.get(c["household"], "short"));
}
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<p class=\"quiet\">";
o += R.out(R.get(R.get(c["household"], "place"), "quarters"));
o += R.out(R.f.t((R.true(R.get(R.get(c["household"], "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(c["household"], "place")));
o += "</p>\n<section class=\"block\" aria-labelledby=\"facts\"><h2 id=\"facts\">";
o += R.out(R.f.t("field.facts"));
o += "</h2>\n";
if (R.true(R.and(c["open"], () => !R.same(c["field"], "tags")))) {
o += "<dl class=\"facts\">";
o += R.page("field/_facts.html", R.with(c, {}), {});
o += "</dl>";
} else {
o += R.page("field/_fact_list.html", R.with(c, {}), {});
}
o += "</section>\n";
if (R.true(R.same(c["whose"], "residents"))) {
o += "<section class=\"block\" aria-labelledby=\"tags\"><h2 id=\"tags\"><span>";
o += R.out(R.f.t("field.tags"));
o += "</span>";
if (R.true(!R.same(c["field"], "tags"))) {
o += "<a href=\"/field/residents/";
o += R.out(c["id"]);
o += "/facts?field=tags#tags\">";
o += R.out(R.f.t((R.true(c["half_tags"]) ? "visit.go_on" : "field.tags.edit")));
o += "</a>";
}
o += "</h2>\n";
if (R.true(R.and(c["open"], () => R.same(c["field"], "tags")))) {
o += R.page("field/_facts.html", R.with(c, {}), {});
} else if (R.true(c["tags"])) {
o += "<p class=\"none\">";
const items$0 = R.items(c["tags"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const tag$2 = items$0[i$1];
const loop$3 = R.loop(i$1, items$0);
if (R.true(!R.true(loop$3.first))) {
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t(R.concat(["word.tag.", tag$2])));
}
o += "</p>";
} else {
o += "<p class=\"none\">";
o += R.out(R.f.t("field.tags.none"));
o += "</p>";
}
if (R.true(!R.true(c["open"]))) {
const items$4 = R.items(c["leaving"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const asked$6 = items$4[i$5];
o += "<div class=\"fact two\">";
const items$8 = R.items(R.get(asked$6, "told"));
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const one$10 = items$8[i$9];
o += "<p class=\"word promise\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-promise\"/></svg>";
o += R.out(R.f.t((R.true(R.get(one$10, "mine")) ? "facts.proposed_you.tag" : "facts.proposed.tag"), { ["by"]: R.get(one$10, "by"), ["tag"]: R.f.t(R.concat(["word.tag.", R.get(asked$6, "tag")])) }));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t((R.true(c["decides"]) ? "facts.waits_you" : "facts.waits")));
o += "</p><p><small>";
o += R.out(R.safe(R.T["field/_facts_macros.html"].macros["wrote"](R, one$10)));
o += "</small></p>";
}
o += "  <div class=\"turn\">";
if (R.true(c["decides"])) {
o += "<form method=\"post\" action=\"/field/residents/";
o += R.out(c["id"]);
o += "/facts\"><input type=\"hidden\" name=\"field\" value=\"tags\"><input type=\"hidden\" name=\"had\" value=\"";
o += R.out(R.get(asked$6, "tag"));
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(R.get(asked$6, "over"));
o += "\"><button class=\"btn\">";
o += R.out(R.f.t("facts.tag_off"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.tag.", R.get(asked$6, "tag")])));
o += "</span></button></form><form method=\"post\" action=\"/field/residents/";
o += R.out(c["id"]);
o += "/facts\"><input type=\"hidden\" name=\"field\" value=\"tags\"><input type=\"hidden\" name=\"had\" value=\"\"><input type=\"hidden\" name=\"tags\" value=\"";
o += R.out(R.get(asked$6, "tag"));
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(R.get(asked$6, "over"));
o += "\"><button class=\"btn\">";
o += R.out(R.f.t("facts.tag_keep"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.tag.", R.get(asked$6, "tag")])));
o += "</span></button></form>";
} else if (R.true(R.get(asked$6, "mine"))) {
o += "<form method=\"post\" action=\"/field/residents/";
o += R.out(c["id"]);
o += "/facts\"><input type=\"hidden\" name=\"field\" value=\"tags\"><input type=\"hidden\" name=\"had\" value=\"\"><input type=\"hidden\" name=\"tags\" value=\"";
o += R.out(R.get(asked$6, "tag"));
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(R.get(asked$6, "mine"));
o += "\"><button class=\"btn\">";
o += R.out(R.f.t("facts.take_back"));
o += "</button></form>";
}
o += "</div></div>\n";
}
}
if (R.true(c["changed"])) {
o += "<div class=\"saved\" role=\"status\"><p>";
o += R.out(R.f.t(R.concat(["facts.tag_", R.get(c["changed"], "said")]), { ["tag"]: R.f.t(R.concat(["word.tag.", R.get(c["changed"], "tag")])) }));
o += "</p><form method=\"post\" action=\"/field/residents/";
o += R.out(c["id"]);
o += "/facts\"><input type=\"hidden\" name=\"field\" value=\"tag:";
o += R.out(R.get(c["changed"], "tag"));
o += "\"><input type=\"hidden\" name=\"undo\" value=\"";
o += R.out(R.get(c["changed"], "edit"));
o += "\"><button class=\"btn plain\">";
o += R.out(R.f.t("facts.undo"));
o += "</button></form></div>\n";
}
o += "</section>\n";
}
return o;
},
},
macros: {
},
},
"field/followups.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("items.followups"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/\" aria-label=\"";
o += R.out(R.f.t("field.back_today"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("items.followups"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(R.and(!R.true(c["dated"]), () => !R.true(c["open"])))) {
o += "<p class=\"say\">";
o += R.out(R.f.t("items.followups_none"));
o += "</p>";
}
if (R.true(c["dated"])) {
o += "<section class=\"block\" aria-labelledby=\"dated\"><h2 id=\"dated\"><span>";
o += R.out(R.f.t("items.dated"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(c["dated"])));
o += "</span></h2>\n  <ol class=\"rows\">";
const items$0 = R.items(c["dated"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<li class=\"post\">";
if (R.true(R.get(one$2, "household"))) {
o += "<b>";
o += R.out(R.safe(R.T["field/followups.html"].macros["where"](R, R.get(one$2, "household"))));
o += "</b>";
}
o += "    <p>";
if (R.true(R.same(R.get(one$2, "when"), "overdue"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "due", R.f.t("items.when.overdue", { ["n"]: R.get(one$2, "days") }))));
} else if (R.true(R.same(R.get(one$2, "when"), "today"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "promise", R.f.t("items.when.today"))));
}
o += " ";
if (R.true(R.same(c["lang"], "en"))) {
o += R.out(R.f.weekday(R.get(one$2, "on")));
o += " ";
o += R.out(R.f.day(R.get(one$2, "on")));
} else {
o += R.out(R.f.day(R.get(one$2, "on")));
o += " ";
o += R.out(R.f.weekday(R.get(one$2, "on")));
}
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["items.of.", R.get(one$2, "of")])));
o += "</p>\n";
if (R.true(R.get(one$2, "item"))) {
o += R.out(R.safe(R.T["field/_items_macros.html"].macros["item_line"](R, R.get(one$2, "item"), true)));
} else if (R.true(R.get(one$2, "text"))) {
o += "<a class=\"rest\" href=\"";
o += R.out(R.get(one$2, "href"));
o += "\"><span dir=\"auto\">";
o += R.out(R.get(one$2, "text"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
}
if (R.true(R.same(R.get(one$2, "of"), "promise"))) {
if (R.true(R.get(one$2, "visit"))) {
o += "<details class=\"do\"><summary><span>";
o += R.out(R.f.t("items.do"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(R.get(one$2, "household"), "short"));
o += "</span></span></summary><form class=\"turn\" autocomplete=\"off\" method=\"post\" action=\"/field/visits/";
o += R.out(R.get(one$2, "visit"));
o += "/promise\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input class=\"field\" name=\"note\" maxlength=\"500\" autocomplete=\"off\" aria-label=\"";
o += R.out(R.f.t("items.note"));
o += "\" placeholder=\"";
o += R.out(R.f.t("items.note"));
o += "\"><button class=\"btn\">";
o += R.out(R.f.t("items.kept"));
o += "</button><a class=\"btn plain\" href=\"/field/households/";
o += R.out(R.get(R.get(one$2, "household"), "id"));
o += "/visits/new\">";
o += R.out(R.f.t("visit.record"));
o += "</a></form></details>";
} else {
o += "<a class=\"rest\" href=\"/field/households/";
o += R.out(R.get(R.get(one$2, "household"), "id"));
o += "/visits/new\"><span>";
o += R.out(R.f.t("visit.record"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
}
}
o += "</li>";
}
o += "</ol>\n</section>\n";
}
if (R.true(c["open"])) {
o += "<section class=\"block\" aria-labelledby=\"still\"><h2 id=\"still\"><span>";
o += R.out(R.f.t("items.still"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(c["open"])));
o += "</span></h2>\n  <ol class=\"rows\">";
const items$4 = R.items(c["open"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const one$6 = items$4[i$5];
o += "<li class=\"post\"><small>";
o += R.out(R.f.day(R.get(one$6, "at")));
o += "</small>";
if (R.true(R.get(one$6, "household"))) {
o += "<b>";
o += R.out(R.safe(R.T["field/followups.html"].macros["where"](R, R.get(one$6, "household"))));
o += "</b>";
}
if (R.true(R.same(R.get(one$6, "of"), "report"))) {
o += R.out(R.safe(R.T["field/_reports_macros.html"].macros["report_line"](R, one$6)));
} else if (R.true(R.same(R.get(one$6, "of"), "whistle"))) {
o += R.out(R.safe(R.T["field/_whistles_macros.html"].macros["whistle_line"](R, one$6)));
} else {
o += R.out(R.safe(R.T["field/_items_macros.html"].macros["item_line"](R, one$6, true)));
}
o += "</li>";
}
o += "</ol>\n</section>\n";
}
o += "<p><a class=\"rest\" href=\"/field/mediations/new\"><span>";
o += R.out(R.f.t("items.mediation_alone"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>\n";
return o;
},
},
macros: {
"where"(R, home$0) {
let o = "";
if (R.true(home$0)) {
o += "<a href=\"/field/households/";
o += R.out(R.get(home$0, "id"));
o += "\">";
if (R.true(R.get(home$0, "name"))) {
o += R.out(R.get(home$0, "name"));
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.get(home$0, "short"));
o += "</a>";
}
return o;
},
},
},
"field/household.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.household"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/doors?building=";
o += R.out(R.get(c["household"], "building"));
o += "\" aria-label=\"";
o += R.out(R.f.t("field.back_board", { ["building"]: R.get(R.get(c["household"], "place"), "building") }));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
if (R.true(R.get(c["household"], "name"))) {
o += R.out(R.f.t("field.home_of", { ["name"]: R.get(c["household"], "name") }));
} else {
o += R.out(R.get(c["household"], "short"));
}
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
let at$0 = c["at"];
let of$1 = c["of"];
let whose$2 = c["whose"];
let id$3 = c["id"];
at$0 = R.f.t((R.true(R.get(R.get(c["household"], "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(c["household"], "place"));
if (R.true(c["saved"])) {
o += "<div class=\"saved\" id=\"saved\" data-live=\"still\" role=\"status\"><p><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#rc-yes\"/></svg><b>";
o += R.out(R.f.t("visit.saved", { ["result"]: R.f.t(R.concat(["word.result.", R.get(c["saved"], "result")])) }));
o += "</b> <span class=\"whole\">";
o += R.out(R.f.t((R.true(R.get(c["saved"], "unsent")) ? "word.receipt.phone" : "word.receipt.server")));
o += "</span></p><p><a class=\"btn plain\" href=\"/field/visits/";
o += R.out(R.get(c["saved"], "id"));
o += "/corrections/new\">";
o += R.out(R.f.t("visit.saved_change"));
o += "</a><a class=\"btn plain\" href=\"/field/\">";
o += R.out(R.f.t("visit.saved_next"));
o += "</a></p></div>\n";
}
if (R.true(c["saved"])) {
of$1 = R.get(c["saved"], "id");
o += R.page("field/_turns.html", R.with(c, {"at": at$0, "of": of$1, "whose": whose$2, "id": id$3}), {});
}
o += "<p class=\"quiet\">";
o += R.out(R.get(R.get(c["household"], "place"), "quarters"));
o += R.out(at$0);
o += R.out(R.f.t("word.stop"));
if (R.true(c["met"])) {
if (R.true(R.get(c["met"], "today"))) {
o += R.out(R.f.t("field.met.today"));
} else {
o += R.out(R.f.t("field.met.days", { ["n"]: R.get(c["met"], "n") }));
}
} else {
o += R.out(R.f.t("field.met.never"));
}
if (R.true(c["knocked"])) {
if (R.true(R.same(c["lang"], "en"))) {
o += " ";
}
o += R.out(R.f.dated((R.true(R.get(c["knocked"], "today")) ? "field.met.knocked_today" : "field.met.knocked"), { ["on"]: R.f.day(R.get(c["knocked"], "on")), ["result"]: R.f.t(R.concat(["word.result.", R.get(c["knocked"], "result")])) }));
}
o += "</p>\n<p class=\"tells\" id=\"tells\" data-live=\"still\">";
if (R.true(c["promised"])) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, (R.true(R.same(c["promised"], "passed")) ? "due" : "promise"), R.f.t(R.concat(["field.promise.", c["promised"]]), { ["on"]: R.f.day(c["promise_on"]) }))));
}
if (R.true(c["care"])) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "care", R.f.t(R.concat(["field.care.", c["care"]])))));
}
if (R.true(R.get(c["household"], "unsent"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "</p>\n";
if (R.true(c["emptied"])) {
o += "<form class=\"sum\" method=\"post\" action=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "/facts\"><input type=\"hidden\" name=\"field\" value=\"occupancy\"><input type=\"hidden\" name=\"value\" value=\"vacant\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(R.get(c["emptied"], "over"));
o += "\"><button class=\"btn\">";
o += R.out(R.f.t((R.true(R.get(c["emptied"], "asks")) ? "facts.emptied_ask" : "facts.emptied")));
o += "</button></form>";
}
o += "<section class=\"block\" aria-labelledby=\"people\"><h2 id=\"people\"><span>";
o += R.out(R.f.t("field.people"));
o += "</span><a href=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "/residents/new\">";
o += R.out(R.f.t((R.true(c["half_person"]) ? "field.people.add_on" : "field.people.add")));
o += "</a></h2>\n";
if (R.true(c["people"])) {
o += "  <ul class=\"people\">\n";
const items$4 = R.items(c["people"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const person$6 = items$4[i$5];
o += R.page("field/_person.html", R.with(c, {"at": at$0, "of": of$1, "whose": whose$2, "id": id$3, "person": person$6}), {});
}
o += "  </ul>\n";
} else if (R.true(R.and(!R.true(c["apart"]), () => !R.true(c["dead"])))) {
o += "  <p class=\"none\">";
o += R.out(R.f.t("field.people.none"));
o += "</p>\n";
}
if (R.true(c["apart"])) {
o += "<h3 class=\"apart\">";
o += R.out(R.f.t("facts.apart"));
o += "</h3><ul class=\"people apart\">";
const items$8 = R.items(c["apart"]);
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const person$10 = items$8[i$9];
o += R.page("field/_person.html", R.with(c, {"at": at$0, "of": of$1, "whose": whose$2, "id": id$3, "person": person$10}), {});
}
o += "</ul>";
}
if (R.true(c["dead"])) {
o += "<h3 class=\"apart\">";
o += R.out(R.f.t("facts.dead"));
o += "</h3><ul class=\"people apart\">";
const items$12 = R.items(c["dead"]);
for (let i$13 = 0; i$13 < items$12.length; i$13++) {
const person$14 = items$12[i$13];
o += R.page("field/_person.html", R.with(c, {"at": at$0, "of": of$1, "whose": whose$2, "id": id$3, "person": person$14}), {});
}
o += "</ul>";
}
o += "</section>\n";
o += R.page("field/_care_home.html", R.with(c, {"at": at$0, "of": of$1, "whose": whose$2, "id": id$3}), {});
if (R.true(c["restricted"])) {
o += "<p><a class=\"rest\" href=\"/restricted/";
o += R.out(R.get(c["household"], "grid"));
o += "/";
o += R.out(R.get(c["household"], "id"));
o += "\"><span>";
o += R.out(R.f.t("field.restricted"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>";
}
o += "<section class=\"block\" aria-labelledby=\"facts\"><h2 id=\"facts\">";
o += R.out(R.f.t("field.facts"));
o += "</h2>\n";
whose$2 = "households";
id$3 = R.get(c["household"], "id");
o += R.page("field/_fact_list.html", R.with(c, {"at": at$0, "of": of$1, "whose": whose$2, "id": id$3}), {});
o += R.page("field/_same.html", R.with(c, {"at": at$0, "of": of$1, "whose": whose$2, "id": id$3}), {});
o += "</section>\n";
o += R.page("field/_open_items.html", R.with(c, {"at": at$0, "of": of$1, "whose": whose$2, "id": id$3}), {});
o += R.page("field/_whistles_home.html", R.with(c, {"at": at$0, "of": of$1, "whose": whose$2, "id": id$3}), {});
o += "<section class=\"block\" aria-labelledby=\"visits\"><h2 id=\"visits\"><span>";
o += R.out(R.f.t("field.visits"));
o += "</span>";
if (R.true(c["visit_count"])) {
o += "<span>";
o += R.out(R.f.t("field.visits.year", { ["n"]: c["this_year"] }));
o += "</span>";
}
o += "</h2>\n";
if (R.true(c["visits"])) {
o += "  <ol class=\"timeline\">\n";
const items$16 = R.items(c["visits"]);
for (let i$17 = 0; i$17 < items$16.length; i$17++) {
const visit$18 = items$16[i$17];
o += "    <li data-result=\"";
o += R.out(R.get(visit$18, "result"));
o += "\">";
o += R.page("field/_visit_line.html", R.with(c, {"at": at$0, "of": of$1, "whose": whose$2, "id": id$3, "visit": visit$18}), {});
o += "</li>\n";
}
o += "  </ol>\n";
if (R.true(c["more_visits"])) {
o += "<a class=\"rest\" href=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "?all=1#visits\"><span>";
o += R.out(R.f.t("field.visits.more", { ["n"]: c["more_visits"] }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
}
} else {
o += "  <p class=\"none\">";
o += R.out(R.f.t("field.visits.none"));
o += "</p>\n";
}
o += "</section>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<form class=\"acts";
if (R.true(c["saved"])) {
o += " just";
}
o += "\" autocomplete=\"off\" method=\"post\" action=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "/visits\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\">";
o += R.page("field/_stands.html", R.with(c, {}), {});
o += "<button class=\"btn\" name=\"quick\" value=\"no_answer\">";
o += R.out(R.f.t("visit.quick.no_answer"));
o += "</button><button class=\"btn\" name=\"quick\" value=\"all_well\">";
o += R.out(R.f.t("visit.quick.all_well"));
o += "</button><a class=\"btn go\" href=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "/visits/new\">";
if (R.true(c["draft"])) {
o += R.out(R.f.t("visit.go_on"));
} else {
o += R.out(R.f.t("visit.record"));
}
o += "</a></form>\n";
return o;
},
},
macros: {
},
},
"field/household_form.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.add.title"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/doors";
if (R.true(R.get(c["values"], "building"))) {
o += "?building=";
o += R.out(R.get(c["values"], "building"));
}
o += "\" aria-label=\"";
o += R.out(R.f.t("field.back_doors"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("field.add.title"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<form class=\"form\" autocomplete=\"off\" id=\"door\" method=\"post\" action=\"/field/households\" data-draft=\"household:new";
if (R.true(R.get(c["values"], "asked"))) {
o += ":";
o += R.out(R.get(c["values"], "asked"));
}
o += "\">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"new_building\" value=\"";
o += R.out(R.get(c["values"], "new_building"));
o += "\"><input type=\"hidden\" name=\"placed\" value=\"";
o += R.out(R.get(c["values"], "placed"));
o += "\"><input type=\"hidden\" name=\"asked\" value=\"";
o += R.out(R.get(c["values"], "asked"));
o += "\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(R.get(c["values"], "grid"));
o += "\"><input type=\"hidden\" name=\"door\" value=\"";
o += R.out(R.get(c["values"], "door"));
o += "\">\n";
if (R.true(c["errors"])) {
o += "<p class=\"wrong\" role=\"alert\">";
o += R.out(R.f.t("field.error.some", { ["n"]: R.f.length(c["errors"]) }));
o += "</p>";
}
o += "  <fieldset><legend><span>";
o += R.out(R.f.t("field.add.kind"));
o += "</span></legend><div class=\"pick\">";
const items$0 = R.items(c["kinds"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const kind$2 = items$0[i$1];
o += "<label><input type=\"radio\" name=\"kind\" value=\"";
o += R.out(kind$2);
o += "\"";
if (R.true(R.same(R.get(c["values"], "kind"), kind$2))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["word.kind.", kind$2])));
o += "</label>";
}
o += "</div></fieldset>\n  <p><label class=\"label\" for=\"building\"><span>";
o += R.out(R.f.t("field.add.building"));
o += "</span></label><select class=\"field\" id=\"building\" name=\"building\"";
if (R.true(R.get(c["errors"], "building"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "building"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-building\"";
}
o += ">";
const items$4 = R.items(c["buildings"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const b$6 = items$4[i$5];
o += "<option value=\"";
o += R.out(R.get(b$6, "id"));
o += "\"";
if (R.true(R.same(R.get(c["values"], "building"), R.get(b$6, "id")))) {
o += " selected";
}
o += ">";
o += R.out(R.get(b$6, "quarters"));
o += R.out(R.get(b$6, "name"));
o += "</option>";
}
const items$8 = R.items(c["rows"]);
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const r$10 = items$8[i$9];
o += "<option value=\"";
o += R.out(R.get(r$10, "id"));
o += "\"";
if (R.true(R.same(R.get(c["values"], "building"), R.get(r$10, "id")))) {
o += " selected";
}
o += ">";
o += R.out(R.f.t(R.concat(["field.add.row.", R.get(r$10, "kind")]), { ["grid"]: R.get(r$10, "grid") }));
o += "</option>";
}
o += "</select>";
if (R.true(R.get(c["errors"], "building"))) {
o += "<span class=\"wrong\" id=\"w-building\">";
o += R.out(R.f.t(R.get(c["errors"], "building")));
o += "</span>";
}
o += "</p>\n  <div class=\"pair three\">\n    <p><label class=\"label\" for=\"entrance\"><span>";
o += R.out(R.f.t("field.add.entrance"));
o += "</span></label><input class=\"field\" id=\"entrance\" name=\"entrance\" value=\"";
o += R.out(R.get(c["values"], "entrance"));
o += "\" maxlength=\"10\" autocomplete=\"off\"";
if (R.true(R.get(c["errors"], "entrance"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "entrance"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-entrance\"";
}
o += ">";
if (R.true(R.get(c["errors"], "entrance"))) {
o += "<span class=\"wrong\" id=\"w-entrance\">";
o += R.out(R.f.t(R.get(c["errors"], "entrance")));
o += "</span>";
}
o += "</p>\n    <p><label class=\"label\" for=\"floor\"><span>";
o += R.out(R.f.t("field.add.floor"));
o += "</span></label><input class=\"field\" id=\"floor\" name=\"floor\" value=\"";
o += R.out(R.get(c["values"], "floor"));
o += "\" maxlength=\"4\" autocomplete=\"off\"";
if (R.true(R.get(c["errors"], "floor"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "floor"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-floor\"";
}
o += ">";
if (R.true(R.get(c["errors"], "floor"))) {
o += "<span class=\"wrong\" id=\"w-floor\">";
o += R.out(R.f.t(R.get(c["errors"], "floor")));
o += "</span>";
}
o += "</p>\n    <p><label class=\"label\" for=\"room\"><span>";
o += R.out(R.f.t("field.add.room"));
o += "</span></label><input class=\"field\" id=\"room\" name=\"room\" value=\"";
o += R.out(R.get(c["values"], "room"));
o += "\" autocomplete=\"off\" aria-required=\"true\"";
if (R.true(R.get(c["errors"], "room"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "room"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-room\"";
}
o += ">";
if (R.true(R.get(c["errors"], "room"))) {
o += "<span class=\"wrong\" id=\"w-room\">";
o += R.out(R.f.t(R.get(c["errors"], "room")));
o += "</span>";
}
o += "</p>\n  </div>\n";
if (R.true(c["there"])) {
o += "<p class=\"wrong\">";
o += R.out(R.f.t("field.add.there", { ["door"]: R.get(c["there"], "short") }));
o += " <a class=\"btn plain\" href=\"/field/households/";
o += R.out(R.get(c["there"], "id"));
o += "\">";
o += R.out(R.f.t("field.add.open"));
o += "</a></p>";
}
o += "  <p class=\"quiet draft\"><output data-draft-line data-text=\"";
o += R.out(R.f.t("visit.draft_kept", { ["clock"]: "{clock}" }));
o += "\" data-text-here=\"";
o += R.out(R.f.t("visit.draft_here", { ["clock"]: "{clock}" }));
o += "\"></output></p>\n  <p class=\"quiet hint\">";
o += R.out(R.f.t("field.add.hint"));
o += "</p>\n  <h2>";
o += R.out(R.f.t("field.add.known"));
o += "</h2>\n  <div class=\"pair\">\n    <p><label class=\"label\" for=\"contact\"><span>";
o += R.out(R.f.t("word.fact.contact"));
o += "</span></label><input class=\"field\" id=\"contact\" name=\"contact\" value=\"";
o += R.out(R.get(c["values"], "contact"));
o += "\" autocomplete=\"off\" placeholder=\"";
o += R.out(R.f.t("field.add.contact_hint"));
o += "\"";
if (R.true(R.get(c["errors"], "contact"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "contact"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-contact\"";
}
o += ">";
if (R.true(R.get(c["errors"], "contact"))) {
o += "<span class=\"wrong\" id=\"w-contact\">";
o += R.out(R.f.t(R.get(c["errors"], "contact")));
o += "</span>";
}
o += "</p>\n    <p><label class=\"label\" for=\"phone\"><span>";
o += R.out(R.f.t("word.fact.phone"));
o += "</span></label><input class=\"field\" type=\"tel\" id=\"phone\" name=\"phone\" value=\"";
o += R.out(R.get(c["values"], "phone"));
o += "\" autocomplete=\"off\"";
if (R.true(R.get(c["errors"], "phone"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "phone"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-phone\"";
}
o += ">";
if (R.true(R.get(c["errors"], "phone"))) {
o += "<span class=\"wrong\" id=\"w-phone\">";
o += R.out(R.f.t(R.get(c["errors"], "phone")));
o += "</span>";
}
o += "</p>\n  </div>\n  <fieldset><legend><span>";
o += R.out(R.f.t("word.fact.occupancy"));
o += "</span></legend><div class=\"pick\">";
const items$12 = R.items(c["occupancies"]);
for (let i$13 = 0; i$13 < items$12.length; i$13++) {
const choice$14 = items$12[i$13];
o += "<label><input type=\"radio\" name=\"occupancy\" value=\"";
o += R.out(choice$14);
o += "\"";
if (R.true(R.same(R.get(c["values"], "occupancy"), choice$14))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["word.occupancy.", choice$14])));
o += "</label>";
}
o += "</div></fieldset>\n  <p><label class=\"label\" for=\"headcount\"><span>";
o += R.out(R.f.t("word.fact.headcount"));
o += "</span></label><input class=\"field\" id=\"headcount\" name=\"headcount\" value=\"";
o += R.out(R.get(c["values"], "headcount"));
o += "\" inputmode=\"numeric\" maxlength=\"3\" autocomplete=\"off\"";
if (R.true(R.get(c["errors"], "headcount"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "headcount"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-headcount\"";
}
o += ">";
if (R.true(R.get(c["errors"], "headcount"))) {
o += "<span class=\"wrong\" id=\"w-headcount\">";
o += R.out(R.f.t(R.get(c["errors"], "headcount")));
o += "</span>";
}
o += "</p>\n  <p><label class=\"label\" for=\"note\"><span>";
o += R.out(R.f.t("word.fact.note"));
o += "</span></label><textarea class=\"field\" id=\"note\" name=\"note\" rows=\"2\"";
if (R.true(R.get(c["errors"], "note"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "note"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-note\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "note"));
o += "</textarea>";
if (R.true(R.get(c["errors"], "note"))) {
o += "<span class=\"wrong\" id=\"w-note\">";
o += R.out(R.f.t(R.get(c["errors"], "note")));
o += "</span>";
}
o += "</p>\n</form>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<div class=\"acts\"><a class=\"btn\" href=\"/field/doors";
if (R.true(R.get(c["values"], "building"))) {
o += "?building=";
o += R.out(R.get(c["values"], "building"));
}
o += "\" data-draft-end>";
o += R.out(R.f.t("field.leave_new"));
o += "</a><button form=\"door\" class=\"btn go\">";
o += R.out(R.f.t("field.add.save"));
o += "</button></div>\n";
return o;
},
},
macros: {
},
},
"field/item.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/photos.js\"></script>";
return o;
},
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t(R.concat(["items.kind.", R.get(c["item"], "kind")])));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"";
if (R.true(c["household"])) {
o += "/field/households/";
o += R.out(R.get(c["household"], "id"));
} else {
o += "/field/followups";
}
o += "\" aria-label=\"";
o += R.out(R.f.t((R.true(c["household"]) ? "field.back_home" : "items.back_followups")));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t(R.concat(["items.kind.", R.get(c["item"], "kind")])));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(c["household"])) {
o += "<p class=\"quiet\">";
o += R.out(R.get(R.get(c["household"], "place"), "quarters"));
o += R.out(R.f.t((R.true(R.get(R.get(c["household"], "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(c["household"], "place")));
if (R.true(R.get(c["household"], "name"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(c["household"], "name"));
}
o += "</p>";
}
o += "<div id=\"item-state\" data-live><p class=\"tells\"><span class=\"word\">";
o += R.out(R.f.t(R.concat(["items.state.", R.get(c["item"], "state")])));
o += "</span>";
if (R.true(R.and(R.get(c["item"], "rating"), () => !R.same(R.get(c["item"], "kind"), "effect")))) {
o += "<span class=\"word\">";
o += R.out(R.f.t("items.rated", { ["rating"]: R.f.t(R.concat(["items.rating.", R.get(c["item"], "rating")])) }));
o += "</span>";
} else if (R.true(R.get(c["item"], "rating"))) {
o += "<span class=\"word\">";
o += R.out(R.f.t(R.concat(["items.rating.", R.get(c["item"], "rating")])));
o += "</span>";
}
if (R.true(R.get(c["item"], "unsent"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "</p></div>\n<section class=\"block\" aria-labelledby=\"words\"><h2 id=\"words\"><span>";
o += R.out(R.f.t("items.words"));
o += "</span><span>";
if (R.true(c["visit"])) {
o += "<a href=\"/field/visits/";
o += R.out(c["visit"]);
o += "\">";
o += R.out(R.f.t("items.from_visit"));
o += "</a>";
}
o += "</span></h2>\n";
if (R.true(R.get(c["item"], "text"))) {
o += "<p class=\"words pre\">";
o += R.out(R.get(c["item"], "text"));
o += "</p>";
} else {
o += "<p class=\"quiet\">";
o += R.out(R.f.t("items.spoken"));
o += "</p>";
}
o += R.out(R.safe(R.T["field/_shots.html"].macros["shots"](R, R.get(c["item"], "shots"), R.concat(["item=", R.get(c["item"], "id")]))));
o += "\n  <p class=\"quiet\">";
o += R.out(R.f.day(R.get(c["item"], "at")));
if (R.true(R.get(c["item"], "by"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(c["item"], "by"));
}
o += "</p>\n</section>\n";
if (R.true(R.same(R.get(c["item"], "kind"), "problem"))) {
o += "<p><a class=\"rest\" href=\"/field/whistles/new?item=";
o += R.out(R.get(c["item"], "id"));
o += "\"><span>";
o += R.out(R.f.t("whistles.of_item"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>";
}
if (R.true(c["record"])) {
o += "<section class=\"block\" aria-labelledby=\"record\"><h2 id=\"record\">";
o += R.out(R.f.t("items.record_known"));
o += "</h2>\n  <dl class=\"facts\">";
const items$0 = R.items(c["record"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t(R.concat(["items.record.", R.get(one$2, "field")])));
o += "</dt><dd class=\"pre wide\">";
if (R.true(R.same(R.get(one$2, "field"), "source"))) {
o += R.out(R.f.t(R.concat(["items.source.", R.get(one$2, "text")])));
} else if (R.true(R.same(R.get(one$2, "field"), "revisit_on"))) {
o += R.out(R.f.day(R.get(one$2, "text")));
} else {
o += R.out(R.get(one$2, "text"));
}
o += "</dd></div>";
}
o += "</dl>\n</section>\n";
}
if (R.true(c["story"])) {
o += "<section class=\"block\" aria-labelledby=\"story\"><h2 id=\"story\">";
o += R.out(R.f.t("items.story"));
o += "</h2>\n  <ol class=\"timeline\">";
const items$4 = R.items(c["story"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const told$6 = items$4[i$5];
o += "<li><p class=\"when\"><span><time datetime=\"";
o += R.out(R.get(told$6, "at"));
o += "\">";
o += R.out(R.f.moment(R.get(told$6, "at")));
o += "</time>";
if (R.true(R.get(told$6, "by"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(told$6, "by"));
}
o += "</span></p><p>";
if (R.true(R.same(R.get(told$6, "what"), "rated"))) {
o += R.out(R.f.t("items.rated", { ["rating"]: R.f.t(R.concat(["items.rating.", R.get(told$6, "to")])) }));
} else if (R.true(R.same(R.get(told$6, "what"), "told"))) {
o += R.out(R.f.t("items.told"));
} else {
o += R.out(R.f.t(R.concat(["items.state.", R.get(told$6, "to")])));
}
if (R.true(R.get(told$6, "beside"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("items.beside"));
}
o += "</p>";
if (R.true(R.get(told$6, "note"))) {
o += "<p class=\"pre\">";
o += R.out(R.get(told$6, "note"));
o += "</p>";
}
o += R.out(R.safe(R.T["field/_shots.html"].macros["shots"](R, R.get(told$6, "shots"), R.concat(["item=", R.get(c["item"], "id")]))));
o += "</li>";
}
o += "</ol>\n</section>\n";
}
if (R.true(R.and(R.and(R.same(R.get(c["item"], "kind"), "mediation"), () => !R.same(R.get(c["item"], "state"), "withdrawn")), () => !R.same(R.get(c["item"], "state"), "filed")))) {
o += "<section class=\"block\" aria-labelledby=\"tell\"><h2 id=\"tell\">";
o += R.out(R.f.t("items.tell"));
o += "</h2>\n<form class=\"form\" autocomplete=\"off\" id=\"telling\" method=\"post\" enctype=\"multipart/form-data\" action=\"/field/items/";
o += R.out(R.get(c["item"], "id"));
o += "/tellings\" data-draft=\"item:";
o += R.out(R.get(c["item"], "id"));
o += "\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\">\n  <p><label class=\"label\" for=\"note\"><span>";
o += R.out(R.f.t("items.tell_what"));
o += "</span></label><textarea class=\"field\" id=\"note\" name=\"note\" rows=\"3\"";
if (R.true(R.get(c["errors"], "note"))) {
o += " aria-invalid=\"true\" aria-describedby=\"w-note\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "note"));
o += "</textarea>";
if (R.true(R.get(c["errors"], "note"))) {
o += "<span class=\"wrong\" id=\"w-note\">";
o += R.out(R.f.t(R.get(c["errors"], "note")));
o += "</span>";
}
o += "</p>\n";
o += R.page("field/_voice.html", R.with(c, {}), {});
o += "  <div class=\"asks\">";
o += R.out(R.safe(R.T["field/_items_macros.html"].macros["record_fields"](R, c["fields"], c["sources"], c["values"], c["errors"])));
o += "</div>\n  <p class=\"turn\"><button class=\"btn\">";
o += R.out(R.f.t("field.save"));
o += "</button></p>\n</form></section>\n";
}
if (R.true(R.or(c["steps"], () => c["withdraws"]))) {
o += "<section class=\"block\" aria-labelledby=\"next-step\"><h2 id=\"next-step\">";
o += R.out(R.f.t("items.next"));
o += "</h2>\n<form class=\"form\" autocomplete=\"off\" id=\"moves\" method=\"post\" action=\"/field/items/";
o += R.out(R.get(c["item"], "id"));
o += "/moves\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"step\" value=\"";
o += R.out(R.get(c["item"], "step"));
o += "\">\n  <p><label class=\"label\" for=\"move-note\"><span>";
o += R.out(R.f.t("items.note"));
o += "</span><span>";
o += R.out(R.f.t("log.words_how"));
o += "</span></label><input class=\"field\" id=\"move-note\" name=\"note\" maxlength=\"500\" autocomplete=\"off\"";
if (R.true(R.and(R.get(c["errors"], "note"), () => !R.same(R.get(c["item"], "kind"), "mediation")))) {
o += " aria-invalid=\"true\" aria-describedby=\"w-move\"";
}
o += ">";
if (R.true(R.and(R.get(c["errors"], "note"), () => !R.same(R.get(c["item"], "kind"), "mediation")))) {
o += "<span class=\"wrong\" id=\"w-move\">";
o += R.out(R.f.t(R.get(c["errors"], "note")));
o += "</span>";
}
o += "</p>\n  <p class=\"turn\">";
const items$8 = R.items(c["steps"]);
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const to$10 = items$8[i$9];
o += "<button class=\"btn\" name=\"to\" value=\"";
o += R.out(to$10);
o += "\">";
o += R.out(R.f.t(R.concat(["items.step.", to$10])));
o += "</button>";
}
if (R.true(c["withdraws"])) {
o += "<button class=\"btn plain\" name=\"to\" value=\"withdrawn\">";
o += R.out(R.f.t("items.step.withdrawn"));
o += "</button>";
}
o += "</p>\n</form></section>\n";
}
return o;
},
},
macros: {
},
},
"field/locked.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("vault.locked"));
return o;
},
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/pin.js\"></script>";
if (R.true(c["passkey"])) {
o += "<script type=\"module\" src=\"/static/page/finger.js\"></script>";
}
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<p class=\"place\">";
if (R.true(c["me"])) {
o += R.out(R.f.t("field.more.phone_of", { ["name"]: c["me"] }));
} else {
o += R.out(R.f.t("vault.place"));
}
o += "</p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<div data-locked>\n";
if (R.true(c["kept"])) {
o += "<div class=\"saved\" role=\"status\"><p><svg class=\"icon\" viewBox=\"0 0 18 18\" aria-hidden=\"true\"><use href=\"#rc-yes\"/></svg>";
o += R.out(R.f.t(R.concat(["vault.kept_", c["kept"]])));
o += "</p></div>";
}
o += "<h1 class=\"say\">";
o += R.out(R.f.t("vault.locked"));
o += "</h1>\n<p>";
if (R.true(R.get(c["outgoing"], "count"))) {
o += R.out(R.f.t("vault.waiting", { ["n"]: R.get(c["outgoing"], "count") }));
} else {
o += R.out(R.f.t("vault.nothing_waits"));
}
o += "</p>\n";
if (R.true(c["passkey"])) {
o += "<div class=\"finger\" data-finger data-id=\"";
o += R.out(R.get(c["passkey"], "id"));
o += "\" data-salt=\"";
o += R.out(R.get(c["passkey"], "salt"));
o += "\" data-back=\"";
o += R.out(c["back"]);
o += "\" hidden><button class=\"btn go\" type=\"button\" data-open>";
o += R.out(R.f.t("vault.passkey_open"));
o += "</button><p class=\"wrong\" role=\"alert\" data-trouble data-stopped=\"";
o += R.out(R.f.t("vault.passkey_stopped"));
o += "\"></p></div>";
}
o += "<form class=\"pins\" autocomplete=\"off\" method=\"post\" action=\"/field/unlock\" data-pins";
if (R.true(c["wait"])) {
o += " data-wait=\"";
o += R.out(R.get(c["wait"], "s"));
o += "\"";
}
o += ">\n  <input type=\"hidden\" name=\"back\" value=\"";
o += R.out(c["back"]);
o += "\">\n  ";
o += R.out(R.safe(R.T["field/_keypad.html"].macros["field"](R, "pin", R.f.t("vault.pin"), c["wait"])));
o += "\n";
if (R.true(c["wait"])) {
o += "<p class=\"wrong\" role=\"alert\">";
o += R.out(R.f.t((R.true(R.get(c["wait"], "minutes")) ? "vault.wait_minutes" : "vault.wait"), { ["n"]: R.get(c["wait"], "n") }));
o += "</p>";
} else if (R.true(c["wrong"])) {
o += "<p class=\"wrong\" role=\"alert\">";
o += R.out(R.f.t(c["wrong"]));
o += "</p>";
}
o += "  ";
o += R.out(R.safe(R.T["field/_keypad.html"].macros["keys"](R, R.f.t("vault.erase"))));
o += "\n  <button class=\"btn";
if (R.true(!R.true(c["passkey"]))) {
o += " go";
}
o += "\" data-submit";
if (R.true(c["wait"])) {
o += " disabled";
}
o += ">";
o += R.out(R.f.t("vault.open"));
o += "</button>\n  <p class=\"quiet\" role=\"status\" data-busy=\"";
o += R.out(R.f.t("vault.opening"));
o += "\"></p>\n</form>\n";
o += R.page("field/_people.html", R.with(c, {}), {});
o += "<section class=\"block\" aria-labelledby=\"note-first\"><h2 id=\"note-first\">";
o += R.out(R.f.t("vault.note"));
o += "</h2>\n  <form class=\"form\" autocomplete=\"off\" method=\"post\" action=\"/field/jotted\" data-draft=\"note\">\n    <label class=\"sum\"><span class=\"hide\">";
o += R.out(R.f.t("vault.note"));
o += "</span><textarea class=\"field\" name=\"text\" rows=\"3\" maxlength=\"10000\" placeholder=\"";
o += R.out(R.f.t("vault.note_hint"));
o += "\"></textarea></label>\n    <p class=\"quiet\">";
o += R.out(R.f.t("vault.note_say"));
o += "</p>\n    <button class=\"btn\">";
o += R.out(R.f.t("vault.note_keep"));
o += "</button>\n  </form>\n</section>\n<details class=\"forgot\"><summary>";
o += R.out(R.f.t("vault.forgot"));
o += "</summary><p>";
o += R.out(R.f.t("vault.forgot_say"));
o += "</p><p>";
o += R.out(R.f.t("vault.forgot_safe"));
o += "</p>";
if (R.true(c["again"])) {
o += "<p><a class=\"btn\" href=\"/field/pin\">";
o += R.out(R.f.t("vault.choose_again"));
o += "</a></p>";
}
o += "</details>\n</div>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
return o;
},
},
macros: {
},
},
"field/log.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/photos.js\"></script>";
return o;
},
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("log.more"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/\" aria-label=\"";
o += R.out(R.f.t("field.back_today"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
if (R.true(c["is_today"])) {
o += R.out(R.f.t("log.title"));
} else {
o += R.out(R.f.dated("log.title_day", { ["on"]: R.f.day(c["day"]) }));
}
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(c["grids"])) {
o += "<nav class=\"switch\" aria-label=\"";
o += R.out(R.f.t("log.grids"));
o += "\">";
const items$0 = R.items(c["grids"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<a href=\"/field/log?grid=";
o += R.out(R.get(one$2, "id"));
o += "&amp;day=";
o += R.out(c["day"]);
o += "\"";
if (R.true(R.same(R.get(one$2, "id"), c["grid"]))) {
o += " aria-current=\"page\"";
}
o += ">";
o += R.out(R.get(one$2, "name"));
o += "</a>";
}
o += "</nav>";
}
if (R.true(c["left"])) {
o += "<div id=\"log-left\" data-live>";
if (R.true(R.same(R.get(c["log"], "state"), "returned"))) {
o += "<div class=\"post note\"><p><b>";
o += R.out(R.f.t("log.returned", { ["by"]: R.get(c["log"], "by") }));
o += "</b></p><p class=\"pre said\">";
o += R.out(R.get(c["log"], "note"));
o += "</p></div>";
}
o += "<p class=\"quiet\">";
o += R.out(R.f.t("log.left"));
o += "</p>";
if (R.true(R.get(c["log"], "text"))) {
o += "<p class=\"words pre\">";
o += R.out(R.get(c["log"], "text"));
o += "</p>";
}
o += R.out(R.safe(R.T["field/_shots.html"].macros["shots"](R, R.get(c["log"], "blobs"), R.concat(["log=", R.get(c["log"], "id")]))));
o += "</div>\n";
} else {
o += "<div id=\"log-said\" data-live>\n";
if (R.true(R.get(c["told"], "knocked"))) {
o += "<p class=\"say\">";
o += R.out(R.f.t("log.figures", { ["knocked"]: R.get(c["told"], "knocked"), ["answered"]: R.get(c["told"], "answered") }));
if (R.true(R.or(R.get(c["told"], "nobody"), () => R.get(c["told"], "other")))) {
o += "<br>";
if (R.true(R.get(c["told"], "nobody"))) {
o += R.out(R.f.t("log.nobody", { ["n"]: R.get(c["told"], "nobody") }));
if (R.true(R.and(R.get(c["told"], "other"), () => R.same(c["lang"], "en")))) {
o += " ";
}
}
if (R.true(R.get(c["told"], "other"))) {
o += R.out(R.f.t("log.other", { ["n"]: R.get(c["told"], "other") }));
}
}
o += "</p>\n<p class=\"quiet\">";
o += R.out(R.f.t("log.counted"));
o += "</p>\n";
} else {
o += "<p class=\"say\">";
o += R.out(R.f.t((R.true(c["is_today"]) ? "log.none" : "log.none_day")));
o += "</p>";
}
if (R.true(R.get(c["told"], "late"))) {
o += "<p>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "late", R.f.t("log.late_n", { ["n"]: R.get(c["told"], "late") }))));
o += "</p>";
}
if (R.true(R.get(c["told"], "unsent"))) {
o += "<p>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("log.unsent", { ["n"]: R.get(c["told"], "unsent") }))));
o += "</p>";
}
o += "</div>\n";
}
if (R.true(R.and(c["grid"], () => !R.true(c["left"])))) {
o += "<form class=\"form\" autocomplete=\"off\" id=\"log\" method=\"post\" enctype=\"multipart/form-data\" action=\"/field/log\" data-draft=\"log:";
o += R.out(c["grid"]);
o += ":";
o += R.out(c["day"]);
o += "\">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(c["grid"]);
o += "\"><input type=\"hidden\" name=\"day\" value=\"";
o += R.out(c["day"]);
o += "\">\n";
if (R.true(R.get(c["errors"], "day"))) {
o += "<p class=\"wrong\" role=\"alert\">";
o += R.out(R.f.t(R.get(c["errors"], "day")));
o += "</p>";
}
o += "  <div id=\"log-state\" data-live><input type=\"hidden\" name=\"step\" value=\"";
o += R.out(c["step"]);
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(c["over"]);
o += "\">\n";
if (R.true(c["log"])) {
if (R.true(R.same(R.get(c["log"], "state"), "returned"))) {
o += "<div class=\"post note\"><p><b>";
o += R.out(R.f.t("log.returned", { ["by"]: R.get(c["log"], "by") }));
o += "</b></p><p class=\"pre said\">";
o += R.out(R.get(c["log"], "note"));
o += "</p></div>";
}
o += "  <p class=\"quiet\">";
o += R.out(R.f.dated(R.concat(["log.say.", R.get(c["log"], "state")]), { ["by"]: R.get(c["log"], "by"), ["at"]: R.f.moment(R.get(c["log"], "at")) }));
o += "</p>\n  ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["receipts"](R, !R.true(R.get(c["log"], "unsent")), true, R.get(c["log"], "kept"), R.get(c["log"], "proof"))));
} else if (R.true(R.and(c["is_today"], () => R.or(R.or(R.or(R.or(R.or(R.get(c["told"], "knocked"), () => R.get(c["walked"], "walks")), () => R.get(c["walked"], "beside")), () => R.get(c["besides"], "checks")), () => R.get(c["besides"], "orders")), () => R.get(c["besides"], "matters"))))) {
o += "<p class=\"quiet\">";
o += R.out(R.f.t("log.by_itself"));
o += "</p>";
}
o += "</div>\n  <p><label class=\"label\" for=\"text\"><span>";
o += R.out(R.f.t("log.words"));
o += "</span><output data-draft-line data-text=\"";
o += R.out(R.f.t("log.kept", { ["clock"]: "{clock}" }));
o += "\" data-text-here=\"";
o += R.out(R.f.t("log.kept_here", { ["clock"]: "{clock}" }));
o += "\">";
if (R.true(c["draft"])) {
o += R.out(R.f.t("log.kept", { ["clock"]: R.f.clock(R.get(c["draft"], "at")) }));
} else {
o += R.out(R.f.t("log.words_how"));
}
o += "</output></label><textarea class=\"field\" id=\"text\" name=\"text\" rows=\"4\"";
if (R.true(R.get(c["errors"], "text"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "text"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-text\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "text"));
o += "</textarea></p>";
if (R.true(R.get(c["errors"], "text"))) {
o += "<p class=\"wrong\" id=\"w-text\">";
o += R.out(R.f.t(R.get(c["errors"], "text")));
o += "</p>";
}
o += R.page("field/_voice.html", R.with(c, {}), {});
o += "</form>\n";
}
o += "<div id=\"log-lists\" data-live>\n";
const items$4 = R.items(R.get(c["told"], "asks"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const one$6 = items$4[i$5];
o += "<section class=\"block\" aria-labelledby=\"ask-";
o += R.out(R.get(one$6, "ask"));
o += "\"><h2 id=\"ask-";
o += R.out(R.get(one$6, "ask"));
o += "\"><span>";
o += R.out(R.f.t(R.concat(["word.ask.", R.get(one$6, "ask")])));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(R.get(one$6, "said"))));
o += "</span></h2>\n  <ul class=\"rows\">";
const items$8 = R.items(R.get(one$6, "said"));
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const d$10 = items$8[i$9];
o += "<li class=\"post\"><b>";
o += R.out(R.safe(R.T["field/log.html"].macros["home"](R, d$10)));
o += "</b><p class=\"pre\">";
o += R.out(R.get(d$10, "text"));
o += "</p></li>";
}
o += "</ul></section>\n";
}
if (R.true(R.get(c["told"], "promises"))) {
o += "<section class=\"block\" aria-labelledby=\"promises\"><h2 id=\"promises\"><span>";
o += R.out(R.f.t("log.promises"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(R.get(c["told"], "promises"))));
o += "</span></h2>\n  <ul class=\"rows\">";
const items$12 = R.items(R.get(c["told"], "promises"));
for (let i$13 = 0; i$13 < items$12.length; i$13++) {
const d$14 = items$12[i$13];
o += "<li class=\"post\"><small>";
if (R.true(R.same(c["lang"], "en"))) {
o += R.out(R.f.weekday(R.get(d$14, "on")));
o += " ";
o += R.out(R.f.day(R.get(d$14, "on")));
} else {
o += R.out(R.f.day(R.get(d$14, "on")));
o += " ";
o += R.out(R.f.weekday(R.get(d$14, "on")));
}
o += "</small><b>";
o += R.out(R.safe(R.T["field/log.html"].macros["home"](R, d$14)));
o += "</b></li>";
}
o += "</ul></section>\n";
}
if (R.true(R.get(c["told"], "cares"))) {
o += "<section class=\"block\" aria-labelledby=\"cares\"><h2 id=\"cares\"><span>";
o += R.out(R.f.t("log.cares"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(R.get(c["told"], "cares"))));
o += "</span></h2>\n  <ul class=\"rows\">";
const items$16 = R.items(R.get(c["told"], "cares"));
for (let i$17 = 0; i$17 < items$16.length; i$17++) {
const d$18 = items$16[i$17];
o += "<li class=\"post\"><small>";
o += R.out(R.f.t(R.concat(["word.care.", R.get(d$18, "care")])));
o += "</small><b>";
o += R.out(R.safe(R.T["field/log.html"].macros["home"](R, d$18)));
o += "</b></li>";
}
o += "</ul></section>\n";
}
o += R.page("field/_log_besides.html", R.with(c, {}), {});
o += R.page("field/_log_walks.html", R.with(c, {}), {});
if (R.true(R.get(c["told"], "visits"))) {
o += "<section class=\"block\" aria-labelledby=\"visits\"><h2 id=\"visits\"><span>";
o += R.out(R.f.t("log.visits"));
o += "</span><span>";
o += R.out(R.f.t("log.visits_n", { ["n"]: R.f.length(R.get(c["told"], "visits")) }));
o += "</span></h2>\n  <ol class=\"rows\">";
const items$20 = R.items(R.get(c["told"], "visits"));
for (let i$21 = 0; i$21 < items$20.length; i$21++) {
const d$22 = items$20[i$21];
o += "<li class=\"post\"><small>";
o += R.out(R.f.clock(R.get(d$22, "at")));
o += "</small><b>";
o += R.out(R.safe(R.T["field/log.html"].macros["home"](R, d$22)));
o += "</b><p>";
o += R.out(R.f.t(R.concat(["word.result.", R.get(d$22, "result")])));
if (R.true(R.get(d$22, "late"))) {
o += " ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "late", R.f.t("log.late"))));
}
if (R.true(R.get(d$22, "unsent"))) {
o += " ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "</p></li>";
}
o += "</ol></section>\n";
}
if (R.true(c["added"])) {
o += "<section class=\"block\" aria-labelledby=\"added\"><h2 id=\"added\"><span>";
o += R.out(R.f.t("log.added"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(c["added"])));
o += "</span></h2>\n  <p class=\"quiet\">";
o += R.out(R.f.t("log.added_say"));
o += "</p>\n  <ol class=\"rows\">";
const items$24 = R.items(c["added"]);
for (let i$25 = 0; i$25 < items$24.length; i$25++) {
const d$26 = items$24[i$25];
o += "<li class=\"post\"><small><a href=\"/field/log?grid=";
o += R.out(c["grid"]);
o += "&amp;day=";
o += R.out(R.get(d$26, "day"));
o += "\">";
o += R.out(R.f.day(R.get(d$26, "day")));
o += "</a></small>";
if (R.true(R.same(R.get(d$26, "of"), "note"))) {
o += R.out(R.safe(R.T["shared/walks.html"].macros["note"](R, d$26)));
} else {
o += "<b>";
o += R.out(R.safe(R.T["field/log.html"].macros["home"](R, d$26)));
o += "</b><p>";
if (R.true(R.same(R.get(d$26, "of"), "visit"))) {
o += R.out(R.f.t(R.concat(["word.result.", R.get(d$26, "result")])));
} else {
o += R.out(R.f.t(R.concat(["log.added.", R.get(d$26, "of")])));
}
o += "</p>";
}
o += "</li>";
}
o += "</ol></section>\n";
}
if (R.true(c["others"])) {
o += "<section class=\"block\" aria-labelledby=\"others\"><h2 id=\"others\">";
o += R.out(R.f.t("log.others"));
o += "</h2>\n";
const items$28 = R.items(c["others"]);
for (let i$29 = 0; i$29 < items$28.length; i$29++) {
const one$30 = items$28[i$29];
o += "<a class=\"rest\" href=\"/field/log?grid=";
o += R.out(c["grid"]);
o += "&amp;day=";
o += R.out(R.get(one$30, "day"));
o += "\"><span>";
if (R.true(R.same(c["lang"], "en"))) {
o += R.out(R.f.weekday(R.get(one$30, "day")));
o += " ";
o += R.out(R.f.day(R.get(one$30, "day")));
} else {
o += R.out(R.f.day(R.get(one$30, "day")));
o += " ";
o += R.out(R.f.weekday(R.get(one$30, "day")));
}
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["log.state.", R.get(one$30, "state")])));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
}
o += "</section>\n";
}
o += "</div>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
if (R.true(c["grid"])) {
o += "<div class=\"acts\"><a class=\"btn\" href=\"/field/\">";
o += R.out(R.f.t("field.back_today"));
o += "</a>";
if (R.true(!R.true(c["left"]))) {
o += "<button form=\"log\" class=\"btn go\">";
o += R.out(R.f.t((R.true(c["log"]) ? "log.again" : "log.send")));
o += "</button>";
}
o += "</div>";
}
return o;
},
},
macros: {
"at"(R, d$0) {
let o = "";
o += "<a href=\"/field/households/";
o += R.out(R.get(d$0, "household"));
o += "\">";
if (R.true(R.get(d$0, "name"))) {
o += R.out(R.get(d$0, "name"));
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.get(d$0, "door"));
o += "</a>";
return o;
},
"home"(R, d$0) {
let o = "";
if (R.true(R.get(d$0, "place"))) {
o += R.out(R.safe(R.T["field/log.html"].macros["at"](R, d$0)));
} else {
o += R.out(R.f.t("log.somewhere"));
}
return o;
},
},
},
"field/mediation_form.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/photos.js\"></script>";
return o;
},
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("items.kind.mediation"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"";
if (R.true(c["household"])) {
o += "/field/households/";
o += R.out(R.get(c["household"], "id"));
} else {
o += "/field/followups";
}
o += "\" aria-label=\"";
o += R.out(R.f.t((R.true(c["household"]) ? "field.back_home" : "items.back_followups")));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("items.mediation_new"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(c["household"])) {
o += "<p class=\"quiet\">";
o += R.out(R.get(R.get(c["household"], "place"), "quarters"));
o += R.out(R.f.t((R.true(R.get(R.get(c["household"], "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(c["household"], "place")));
if (R.true(R.get(c["household"], "name"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(c["household"], "name"));
}
o += "</p>";
}
o += "<form class=\"form\" autocomplete=\"off\" id=\"mediation\" method=\"post\" enctype=\"multipart/form-data\" action=\"/field/mediations\" data-draft=\"mediation:";
if (R.true(c["household"])) {
o += R.out(R.get(c["household"], "id"));
}
o += "\">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(c["grid"]);
o += "\">";
if (R.true(c["household"])) {
o += "<input type=\"hidden\" name=\"household\" value=\"";
o += R.out(R.get(c["household"], "id"));
o += "\">";
}
o += "  <p class=\"quiet draft\"><output data-draft-line data-text=\"";
o += R.out(R.f.t("visit.draft_kept", { ["clock"]: "{clock}" }));
o += "\" data-text-here=\"";
o += R.out(R.f.t("visit.draft_here", { ["clock"]: "{clock}" }));
o += "\"></output></p>\n  <p><label class=\"label\" for=\"text\"><span>";
o += R.out(R.f.t("items.summary"));
o += "</span></label><textarea class=\"field\" id=\"text\" name=\"text\" rows=\"4\"";
if (R.true(R.get(c["errors"], "text"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "text"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-text\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "text"));
o += "</textarea>";
if (R.true(R.get(c["errors"], "text"))) {
o += "<span class=\"wrong\" id=\"w-text\" role=\"alert\">";
o += R.out(R.f.t(R.get(c["errors"], "text")));
o += "</span>";
}
o += "</p>\n";
o += R.page("field/_voice.html", R.with(c, {}), {});
o += "  <div class=\"asks\">";
o += R.out(R.safe(R.T["field/_items_macros.html"].macros["record_fields"](R, c["fields"], c["sources"], c["values"], c["errors"])));
o += "</div>\n</form>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<div class=\"acts\"><a class=\"btn\" href=\"";
if (R.true(c["household"])) {
o += "/field/households/";
o += R.out(R.get(c["household"], "id"));
} else {
o += "/field/followups";
}
o += "\" data-draft-end>";
o += R.out(R.f.t("field.easier.leave"));
o += "</a><button form=\"mediation\" class=\"btn go\">";
o += R.out(R.f.t("field.save"));
o += "</button></div>\n";
return o;
},
},
macros: {
},
},
"field/missing.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.missing.title"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/\" aria-label=\"";
o += R.out(R.f.t("field.back_today"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><p class=\"place\"></p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(R.and(c["of_door"], () => c["served"]))) {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("field.missing.moved"));
o += "</h1>\n<p>";
o += R.out(R.f.t((R.true(c["typed"]) ? "field.missing.untaken" : "field.missing.moved_then")));
o += "</p>\n";
const items$0 = R.items(c["typed"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const words$2 = items$0[i$1];
o += "<p class=\"pre\">";
o += R.out(words$2);
o += "</p>\n";
}
} else {
o += "<h1 class=\"say\">";
o += R.out(R.f.t((R.true(c["of_door"]) ? "field.missing.say" : "field.missing.page")));
o += "</h1>\n<p>";
o += R.out(R.f.t((R.true(c["of_door"]) ? "field.missing.then" : "field.missing.page_then")));
o += "</p>\n";
}
o += "<p class=\"sum\"><a class=\"btn\" href=\"/field/doors\">";
o += R.out(R.f.t("field.missing.find"));
o += "</a></p>\n";
return o;
},
},
macros: {
},
},
"field/more.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.tab.more"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<h1>";
o += R.out(R.f.t("field.tab.more"));
o += "</h1>";
return o;
},
"scripts"(c, b, R, up) {
let o = "";
if (R.true(R.same(c["passkey"], "off"))) {
o += "<script type=\"module\" src=\"/static/page/finger.js\"></script>";
}
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<section class=\"saved\" data-update";
if (R.true(!R.true(c["waiting"]))) {
o += " hidden";
}
o += " aria-label=\"";
o += R.out(R.f.t("field.more.waiting_short"));
o += "\"><p><b>";
o += R.out(R.f.t("field.more.waiting"));
o += "</b> ";
o += R.out(R.f.t("field.more.waiting_say"));
o += "</p><p><button class=\"btn\" type=\"button\" data-update-now>";
o += R.out(R.f.t("field.more.waiting_take"));
o += "</button></p></section>\n";
o += R.page("field/_people.html", R.with(c, {}), {});
o += "<section class=\"block\" aria-labelledby=\"language\"><h2 id=\"language\">";
o += R.out(R.f.t("field.more.language"));
o += "</h2>\n  <form class=\"sum pick two\" method=\"post\" action=\"/field/settings\"><button class=\"btn\" name=\"lang\" value=\"zh\" lang=\"zh-CN\"";
if (R.true(R.same(c["lang"], "zh"))) {
o += " aria-pressed=\"true\"";
} else {
o += " aria-pressed=\"false\"";
}
o += ">中文</button><button class=\"btn\" name=\"lang\" value=\"en\" lang=\"en\"";
if (R.true(R.same(c["lang"], "en"))) {
o += " aria-pressed=\"true\"";
} else {
o += " aria-pressed=\"false\"";
}
o += ">English</button></form>\n</section>\n<section class=\"block\" aria-labelledby=\"phone\"><h2 id=\"phone\">";
if (R.true(c["me"])) {
o += R.out(R.f.t("field.more.phone_of", { ["name"]: c["me"] }));
} else {
o += R.out(R.f.t("field.more.phone"));
}
o += "</h2>\n  <dl class=\"facts\">\n";
const items$0 = R.items(c["grids"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const grid$2 = items$0[i$1];
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t("field.more.grid"));
o += "</dt><dd class=\"wide\">";
o += R.out(R.get(grid$2, "community"));
o += R.out(R.get(grid$2, "name"));
o += "</dd></div>";
}
o += "    <div class=\"fact\"><dt>";
o += R.out(R.f.t("field.more.downloaded"));
o += "</dt><dd class=\"wide\">";
if (R.true(c["downloaded"])) {
o += R.out(R.f.moment(c["downloaded"]));
} else {
o += R.out(R.f.t("field.more.downloaded_never"));
}
o += "</dd></div>\n";
if (R.true(!R.true(R.none(c["used"])))) {
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t("field.more.storage"));
o += "</dt><dd class=\"wide\">";
if (R.true(R.none(c["free"]))) {
o += R.out(R.f.t("field.more.used", { ["used"]: R.get(c["used"], "n"), ["unit"]: R.get(c["used"], "unit") }));
} else {
o += R.out(R.f.t("field.more.used_of", { ["used"]: R.get(c["used"], "n"), ["unit"]: R.get(c["used"], "unit"), ["free"]: R.get(c["free"], "n"), ["free_unit"]: R.get(c["free"], "unit") }));
}
if (R.true(c["kept"])) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("field.more.kept"));
} else if (R.true(R.same(c["kept"], false))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("field.more.not_kept"));
}
o += "</dd></div>";
}
if (R.true(c["label"])) {
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t("field.more.label"));
o += "</dt><dd class=\"wide quiet\">";
o += R.out(c["label"]);
o += "</dd></div>";
}
if (R.true(c["version"])) {
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t("field.more.version"));
o += "</dt><dd class=\"wide\">";
o += R.out(c["version"]);
o += "</dd></div>";
}
o += "  </dl>\n";
o += R.page("field/_restored.html", R.with(c, {}), {});
o += "</section>\n<section class=\"block\" aria-labelledby=\"walk\"><h2 id=\"walk\">";
o += R.out(R.f.t("patrol.title"));
o += "</h2>\n  <p class=\"none\">";
o += R.out(R.f.t("patrol.more_say"));
o += "</p>\n  <p><a class=\"rest\" href=\"/field/patrol\"><span>";
o += R.out(R.f.t("patrol.open"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>\n</section>\n<section class=\"block\" aria-labelledby=\"log\"><h2 id=\"log\">";
o += R.out(R.f.t("log.more"));
o += "</h2>\n  <p class=\"none\">";
o += R.out(R.f.t("log.more_say"));
o += "</p>\n  <p><a class=\"rest\" href=\"/field/log\"><span>";
o += R.out(R.f.t("log.title"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>\n</section>\n<section class=\"block\" aria-labelledby=\"notes\"><h2 id=\"notes\">";
o += R.out(R.f.t("field.notes"));
o += "</h2>\n  <p class=\"none\">";
o += R.out(R.f.t("field.notes.say"));
o += "</p>\n  <p><a class=\"rest\" href=\"/field/notes\"><span>";
o += R.out(R.f.t("field.notes.take"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>\n</section>\n<section class=\"block\" aria-labelledby=\"carry\"><h2 id=\"carry\">";
o += R.out(R.f.t("carry.title"));
o += "</h2>\n  <p><a class=\"rest\" href=\"/field/carry\"><span>";
o += R.out(R.f.t("carry.link"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>\n</section>\n";
if (R.true(c["locks"])) {
o += "<section class=\"block\" aria-labelledby=\"lock\"><h2 id=\"lock\">";
o += R.out(R.f.t("vault.lock_title"));
o += "</h2>\n  <p class=\"quiet\">";
o += R.out(R.f.t("vault.lock_say"));
o += "</p>\n  <form class=\"sum\" method=\"post\" action=\"/field/lock\"><button class=\"btn\">";
o += R.out(R.f.t("vault.lock"));
o += "</button></form>\n";
if (R.true(R.same(c["passkey"], "on"))) {
o += "<p class=\"quiet\">";
o += R.out(R.f.t("vault.passkey_on"));
o += "</p>\n  <form class=\"sum\" method=\"post\" action=\"/field/passkey/removal\"><button class=\"btn\">";
o += R.out(R.f.t("vault.passkey_remove"));
o += "</button></form>\n";
} else if (R.true(R.same(c["passkey"], "off"))) {
o += "<p data-finger hidden><a class=\"rest\" href=\"/field/passkey\"><span>";
o += R.out(R.f.t("vault.passkey"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>";
}
o += "</section>";
}
o += "<section class=\"block\" aria-labelledby=\"station\"><h2 id=\"station\">";
o += R.out(R.f.t("field.more.station"));
o += "</h2>\n  <p class=\"none\">";
o += R.out(R.f.t("field.more.station_say"));
o += "</p>\n</section>\n";
return o;
},
},
macros: {
},
},
"field/notes.html": {
main(c, b, R) {
let o = "";
o += "<!doctype html>\n<html lang=\"";
o += R.out(R.f.t("word.html_lang"));
o += "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>";
o += R.out(R.f.t("field.notes.title", { ["name"]: c["me"] }));
o += "</title>\n</head>\n<body>\n<main>\n<h1>";
o += R.out(R.f.t("field.notes.title", { ["name"]: c["me"] }));
o += "</h1>\n<p>";
if (R.true(c["community"])) {
o += R.out(c["community"]);
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t("field.notes.made", { ["when"]: R.f.full(c["made"]), ["n"]: R.f.length(c["notes"]) }));
o += "</p>\n<p>";
o += R.out(R.f.t("field.notes.keep"));
o += "</p>\n";
const items$0 = R.items(c["notes"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const note$2 = items$0[i$1];
o += "<section>\n<h2>";
o += R.out(R.f.full(R.get(note$2, "at")));
o += R.out(R.f.t("word.comma"));
if (R.true(R.get(note$2, "place"))) {
o += R.out(R.get(R.get(note$2, "place"), "quarters"));
o += R.out(R.f.t((R.true(R.get(R.get(note$2, "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(note$2, "place")));
} else {
o += R.out(R.f.t("field.notes.elsewhere"));
}
if (R.true(R.get(note$2, "name"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(note$2, "name"));
}
o += "</h2>\n<p>";
o += R.out(R.f.t(R.concat(["word.result.", R.get(note$2, "result")])));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.mode.", R.get(note$2, "mode")])));
if (R.true(R.get(note$2, "unsent"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("word.mark.unsent"));
}
o += "</p>\n";
if (R.true(R.get(note$2, "private"))) {
o += "<p>";
o += R.out(R.f.t("visit.private_kept"));
o += "</p>";
}
if (R.true(R.get(note$2, "text"))) {
o += "<p>";
o += R.out(R.get(note$2, "text"));
o += "</p>";
}
const items$4 = R.items(R.get(note$2, "asks"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const said$6 = items$4[i$5];
o += "<p><b>";
o += R.out(R.f.t(R.concat(["word.ask.", R.get(said$6, "ask")])));
o += "</b> ";
o += R.out(R.get(said$6, "text"));
o += "</p>";
}
if (R.true(R.get(note$2, "who_met"))) {
o += "<p>";
o += R.out(R.f.t("visit.met_whom", { ["who"]: R.get(note$2, "who_met") }));
o += "</p>";
}
if (R.true(R.get(note$2, "companions"))) {
o += "<p>";
o += R.out(R.f.t("visit.together", { ["who"]: R.f.join(R.get(note$2, "companions"), R.f.t("word.and")) }));
o += "</p>";
}
if (R.true(R.get(note$2, "care"))) {
o += "<p>";
o += R.out(R.f.t(R.concat(["word.care.", R.get(note$2, "care")])));
o += "</p>";
}
if (R.true(R.get(note$2, "follow_up_on"))) {
o += "<p>";
o += R.out(R.f.t("visit.next_on", { ["on"]: R.f.day(R.get(note$2, "follow_up_on")) }));
o += "</p>";
}
o += "</section>\n";
}
if (R.true(!R.true(c["notes"]))) {
o += "<p>";
o += R.out(R.f.t("field.notes.none"));
o += "</p>";
}
o += "</main>\n</body>\n</html>";
return o;
},
blocks: {
},
macros: {
},
},
"field/order.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/photos.js\"></script>";
return o;
},
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("order.title"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/\" aria-label=\"";
o += R.out(R.f.t("field.back_today"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("order.title"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<p class=\"say\">";
o += R.out(R.get(c["order"], "title"));
o += "</p>\n<div id=\"order-state\" data-live>\n";
if (R.true(R.same(R.get(c["order"], "state"), "withdrawn"))) {
o += "<div class=\"post note\" role=\"status\"><p><b>";
o += R.out(R.f.dated("order.withdrawn", { ["by"]: R.get(c["order"], "stepped_by"), ["at"]: R.f.moment(R.get(c["order"], "stepped")) }));
o += "</b></p><p>";
o += R.out(R.f.t("order.withdrawn_then"));
o += "</p></div>\n";
} else if (R.true(R.same(R.get(c["order"], "state"), "confirmed"))) {
o += "<p>";
o += R.out(R.f.dated("order.confirmed", { ["by"]: R.get(c["order"], "stepped_by"), ["at"]: R.f.moment(R.get(c["order"], "stepped")) }));
o += "</p>\n";
} else {
if (R.true(R.get(c["order"], "note"))) {
o += "<div class=\"post note\"><p><b>";
o += R.out(R.f.t("order.redo", { ["by"]: R.get(c["order"], "stepped_by") }));
o += "</b></p><p class=\"pre said\">";
o += R.out(R.get(c["order"], "note"));
o += "</p></div>";
}
o += "<p class=\"quiet\">";
o += R.out(R.f.t("order.from", { ["by"]: R.get(c["order"], "by") }));
o += R.out(R.f.t("word.comma"));
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["head_line"](R, c["order"])));
o += "</p>\n";
if (R.true(R.same(R.get(c["order"], "state"), "reported"))) {
o += "<p>";
o += R.out(R.f.t((R.true(R.get(c["order"], "unsent")) ? "order.reported_unsent" : "order.reported")));
o += "</p>";
}
}
o += "</div>\n<p class=\"sum\" id=\"order-sum\" data-live><b>";
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["sum_line"](R, c["order"])));
o += "</b></p>\n";
if (R.true(R.get(c["order"], "gone"))) {
o += "<p class=\"quiet\">";
o += R.out(R.f.t("order.gone", { ["n"]: R.get(c["order"], "gone") }));
o += "</p>";
}
o += "<section class=\"block\" aria-labelledby=\"points\"><h2 id=\"points\">";
o += R.out(R.f.t("order.points"));
o += "</h2>\n<ol class=\"points\">";
const items$0 = R.items(R.get(c["order"], "points"));
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const point$2 = items$0[i$1];
o += "<li>";
o += R.out(point$2);
o += "</li>";
}
o += "</ol></section>\n<section class=\"block\" aria-labelledby=\"doors\"><h2 id=\"doors\"><span>";
o += R.out(R.f.t("order.doors"));
o += "</span><span>";
o += R.out(R.f.t("word.homes", { ["n"]: R.f.length(c["doors"]) }));
o += "</span></h2>\n";
const items$4 = R.items(c["doors"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const d$6 = items$4[i$5];
if (R.true(R.get(d$6, "begins"))) {
o += "<h3 class=\"stair\">";
o += R.out(R.get(R.get(d$6, "place"), "quarters"));
o += R.out(R.get(R.get(d$6, "place"), "building"));
if (R.true(R.get(R.get(d$6, "place"), "entrance"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("word.entrance", { ["entrance"]: R.get(R.get(d$6, "place"), "entrance") }));
}
o += "</h3>";
}
if (R.true(R.and(c["open"], () => R.same(R.get(d$6, "id"), R.get(c["door"], "id"))))) {
o += R.page("field/_order_door.html", R.with(c, {"d": d$6}), {});
} else {
o += R.out(R.safe(R.T["field/_order_macros.html"].macros["door_row"](R, c["order"], d$6, false)));
}
}
o += "</section>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<div class=\"acts\"><a class=\"btn\" href=\"/field/\">";
o += R.out(R.f.t("field.back_today"));
o += "</a>";
if (R.true(R.or(R.or(R.same(R.get(c["order"], "state"), "issued"), () => R.same(R.get(c["order"], "state"), "in_progress")), () => R.same(R.get(c["order"], "state"), "redo")))) {
o += "<form method=\"post\" action=\"/field/orders/";
o += R.out(R.get(c["order"], "id"));
o += "/reports\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"step\" value=\"";
o += R.out(R.get(c["order"], "step"));
o += "\"><button class=\"btn go\">";
o += R.out(R.f.t("order.report"));
o += "</button></form>";
}
o += "</div>\n";
return o;
},
},
macros: {
},
},
"field/outbox.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.tab.outbox"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<p class=\"place\">";
if (R.true(R.and(c["on_phone"], () => c["me"]))) {
o += R.out(R.f.t("field.more.phone_of", { ["name"]: c["me"] }));
} else {
o += R.out(R.f.t("field.tab.outbox"));
}
o += "</p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<div id=\"outbox\" data-live>\n";
if (R.true(c["waiting_edits"])) {
o += "<h1 class=\"say\">";
o += R.out(R.f.t((R.true(c["running"]) ? "outbox.on_way" : "outbox.waiting"), { ["n"]: R.f.length(c["waiting_edits"]) }));
o += "<br>";
o += R.out(R.f.t("outbox.safe"));
o += "</h1>\n";
} else if (R.true(c["blobs_waiting"])) {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("outbox.blobs_waiting", { ["n"]: c["blobs_waiting"] }));
o += "<br>";
o += R.out(R.f.t("outbox.safe"));
o += "</h1>\n";
} else if (R.true(R.or(c["sent_count"], () => c["arrived"]))) {
o += "<h1 class=\"say\">";
o += R.out(R.f.t((R.true(c["on_phone"]) ? "outbox.all_sent" : "outbox.at_server")));
o += "</h1>\n";
} else {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("outbox.empty"));
o += "</h1>\n";
}
if (R.true(c["on_phone"])) {
o += "<p>";
if (R.true(R.and(c["problem"], () => c["tried"]))) {
o += R.out(R.f.t(R.concat(["outbox.problem.", c["problem"]]), { ["at"]: (R.true(R.get(c["tried"], "today")) ? R.f.clock(R.get(c["tried"], "at")) : R.f.moment(R.get(c["tried"], "at"))) }));
if (R.true(!R.same(c["problem"], "unknown_device"))) {
if (R.true(R.same(c["lang"], "en"))) {
o += " ";
}
if (R.true(c["next"])) {
o += R.out(R.f.t(R.concat(["outbox.again.", c["problem"]]), { ["at"]: (R.true(R.get(c["next"], "today")) ? R.f.clock(R.get(c["next"], "at")) : R.f.moment(R.get(c["next"], "at"))) }));
} else {
o += R.out(R.f.t(R.concat(["outbox.some_time.", c["problem"]])));
}
}
if (R.true(R.same(c["lang"], "en"))) {
o += " ";
}
}
if (R.true(c["arrived"])) {
o += R.out(R.f.t((R.true(R.get(c["arrived"], "today")) ? "outbox.arrived_today" : "outbox.arrived"), { ["at"]: (R.true(R.get(c["arrived"], "today")) ? R.f.clock(R.get(c["arrived"], "at")) : R.f.moment(R.get(c["arrived"], "at"))) }));
} else {
o += R.out(R.f.t("outbox.arrived_never"));
}
o += "</p>\n";
if (R.true(c["revoked"])) {
o += "<p class=\"post note\">";
o += R.out(R.f.t("outbox.revoked"));
if (R.true(R.same(c["lang"], "en"))) {
o += " ";
}
o += R.out(R.f.t("outbox.revoked_then"));
o += "</p>";
}
if (R.true(c["doubt"])) {
o += "<p class=\"post note\" id=\"doubt\">";
o += R.out(R.f.t("outbox.doubt"));
if (R.true(R.same(c["lang"], "en"))) {
o += " ";
}
o += R.out(R.f.t("outbox.doubt_then"));
o += "</p>";
}
o += R.page("field/_restored.html", R.with(c, {}), {});
if (R.true(R.same(c["problem"], "unknown_device"))) {
o += "<p class=\"post note\">";
o += R.out(R.f.t("outbox.unknown_device_do"));
o += "</p>";
}
o += "<form class=\"sum\" method=\"post\" action=\"/field/outbox/attempts\"><button class=\"btn\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-up\"/></svg>";
o += R.out(R.f.t("outbox.try"));
o += "</button></form>\n";
}
if (R.true(c["capsule"])) {
o += "<section class=\"block carry\" aria-labelledby=\"carry\"><h2 id=\"carry\">";
o += R.out(R.f.t("carry.take"));
o += "</h2>\n  <p>";
o += R.out(R.f.t((R.true(R.same(c["capsule"], "can")) ? "carry.take_say" : "carry.too_old")));
o += "</p>\n";
if (R.true(R.same(c["capsule"], "can"))) {
o += "<p class=\"turn\"><a class=\"btn\" href=\"/field/outbox/capsule\" data-capsule>";
o += R.out(R.f.t("carry.take_one"));
o += "</a><button class=\"btn\" type=\"button\" data-share hidden>";
o += R.out(R.f.t("carry.share"));
o += "</button></p><p class=\"wrong\" data-share-none hidden>";
o += R.out(R.f.t("carry.share_none"));
o += "</p>";
}
o += "</section>\n";
}
if (R.true(c["waiting_edits"])) {
o += "<section class=\"block\" aria-labelledby=\"wait\"><h2 id=\"wait\"><span>";
o += R.out(R.f.t("outbox.wait"));
o += "</span><span>";
if (R.true(c["oldest_today"])) {
o += R.out(R.f.dated("outbox.wait_n", { ["n"]: R.f.length(c["waiting_edits"]), ["at"]: R.f.clock(c["oldest"]) }));
} else {
o += R.out(R.f.dated("outbox.wait_n", { ["n"]: R.f.length(c["waiting_edits"]), ["at"]: R.f.moment(c["oldest"]) }));
}
o += "</span></h2>\n  <ol class=\"rows\">";
const items$0 = R.items(c["waiting_edits"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const edit$2 = items$0[i$1];
o += "<li class=\"post\" id=\"o-";
o += R.out(R.get(edit$2, "id"));
o += "\">";
o += R.page("field/_edit.html", R.with(c, {"edit": edit$2}), {});
o += R.out(R.safe(R.T["shared/marks.html"].macros["receipts"](R, false, false, true, R.get(edit$2, "proof"))));
o += "</li>";
}
o += "</ol></section>\n";
}
if (R.true(c["halves"])) {
o += "<section class=\"block\" aria-labelledby=\"halves\"><h2 id=\"halves\"><span>";
o += R.out(R.f.t("outbox.halves"));
o += "</span><span>";
o += R.out(R.f.t("outbox.count", { ["n"]: R.f.length(c["halves"]) }));
o += "</span></h2>\n  <p class=\"quiet\">";
o += R.out(R.f.t("outbox.halves_say"));
o += "</p>\n  <ol class=\"rows\">";
const items$4 = R.items(c["halves"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const edit$6 = items$4[i$5];
o += "<li class=\"post note\">";
o += R.page("field/_edit.html", R.with(c, {"edit": edit$6}), {});
o += "<form class=\"turn\" method=\"post\" action=\"/field/outbox/drafts\"><input type=\"hidden\" name=\"draft\" value=\"";
o += R.out(R.get(edit$6, "id"));
o += "\"><button class=\"btn\">";
o += R.out(R.f.t("outbox.half_send"));
o += "</button><a class=\"btn\" href=\"";
o += R.out(R.get(edit$6, "to"));
o += "\">";
o += R.out(R.f.t("visit.go_on"));
o += "</a><button class=\"btn plain\" name=\"drop\" value=\"yes\">";
o += R.out(R.f.t("outbox.half_drop"));
o += "</button></form></li>";
}
o += "</ol></section>\n";
}
if (R.true(c["aside_edits"])) {
o += "<section class=\"block\" aria-labelledby=\"aside\"><h2 id=\"aside\"><span>";
o += R.out(R.f.t("outbox.set_aside"));
o += "</span><span>";
o += R.out(R.f.t("outbox.count", { ["n"]: R.f.length(c["aside_edits"]) }));
o += "</span></h2>\n  <ol class=\"rows\">";
const items$8 = R.items(c["aside_edits"]);
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const edit$10 = items$8[i$9];
o += "<li class=\"post note\" id=\"o-";
o += R.out(R.get(edit$10, "id"));
o += "\">";
o += R.page("field/_edit.html", R.with(c, {"edit": edit$10}), {});
if (R.true(R.get(edit$10, "decided"))) {
o += "<p";
if (R.true(R.same(R.get(R.get(edit$10, "decided"), "decision"), "released"))) {
o += " class=\"good\"";
} else {
o += " class=\"promise\"";
}
o += ">";
if (R.true(R.same(R.get(R.get(edit$10, "decided"), "decision"), "released"))) {
o += R.out(R.f.t((R.true(R.get(R.get(edit$10, "decided"), "reason")) ? "outbox.released_why" : "outbox.released"), { ["by"]: R.get(R.get(edit$10, "decided"), "by"), ["reason"]: R.get(R.get(edit$10, "decided"), "reason") }));
} else {
o += R.out(R.f.t("outbox.declined", { ["by"]: R.get(R.get(edit$10, "decided"), "by"), ["reason"]: R.get(R.get(edit$10, "decided"), "reason") }));
}
o += "</p>";
} else {
o += "<p class=\"promise\">";
o += R.out(R.f.t(R.concat(["outbox.aside.", R.get(edit$10, "aside")])));
o += "</p>";
}
o += R.out(R.safe(R.T["shared/marks.html"].macros["receipts"](R, true, false, c["on_phone"], R.get(edit$10, "proof"))));
o += "</li>";
}
o += "</ol></section>\n";
}
if (R.true(c["sent"])) {
o += "<section class=\"block\" aria-labelledby=\"sent\"><h2 id=\"sent\"><span>";
o += R.out(R.f.t("outbox.sent"));
o += "</span><span>";
o += R.out(R.f.t("outbox.count", { ["n"]: c["sent_count"] }));
o += "</span></h2>\n  <ol class=\"rows\">";
const items$12 = R.items(c["sent"]);
for (let i$13 = 0; i$13 < items$12.length; i$13++) {
const edit$14 = items$12[i$13];
o += "<li class=\"post\" id=\"o-";
o += R.out(R.get(edit$14, "id"));
o += "\">";
o += R.page("field/_edit.html", R.with(c, {"edit": edit$14}), {});
o += R.out(R.safe(R.T["shared/marks.html"].macros["receipts"](R, true, false, c["on_phone"], R.get(edit$14, "proof"))));
o += "</li>";
}
o += "</ol></section>\n";
}
o += "<p><a class=\"rest\" href=\"/field/carry\"><span>";
o += R.out(R.f.t("carry.link"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>\n</div>\n";
return o;
},
},
macros: {
},
},
"field/passkey.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("vault.passkey"));
return o;
},
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/pin.js\"></script><script type=\"module\" src=\"/static/page/finger.js\"></script>";
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/more\" aria-label=\"";
o += R.out(R.f.t("field.tab.more"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><p class=\"place\">";
o += R.out(R.f.t("vault.place"));
o += "</p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<h1 class=\"say\">";
o += R.out(R.f.t("vault.passkey"));
o += "</h1>\n<p>";
o += R.out(R.f.t("vault.passkey_say"));
o += "</p>\n<form class=\"pins\" autocomplete=\"off\" method=\"post\" action=\"/field/passkey\" data-pins data-name=\"";
o += R.out(c["me"]);
o += "\">\n  ";
o += R.out(R.safe(R.T["field/_keypad.html"].macros["field"](R, "pin", R.f.t("vault.passkey_pin"), null)));
o += "\n  <p class=\"wrong\" role=\"alert\" data-trouble data-wrong=\"";
o += R.out(R.f.t("vault.wrong_pin"));
o += "\" data-wait=\"";
o += R.out(R.f.t("vault.passkey_wait"));
o += "\" data-stopped=\"";
o += R.out(R.f.t("vault.passkey_undone"));
o += "\" data-cannot=\"";
o += R.out(R.f.t("vault.passkey_cannot"));
o += "\"></p>\n  ";
o += R.out(R.safe(R.T["field/_keypad.html"].macros["keys"](R, R.f.t("vault.erase"))));
o += "\n  <button class=\"btn go\" data-submit>";
o += R.out(R.f.t("vault.passkey_make"));
o += "</button>\n  <p class=\"quiet\" role=\"status\" data-busy=\"";
o += R.out(R.f.t("vault.passkey_making"));
o += "\"></p>\n</form>\n<p class=\"quiet\">";
o += R.out(R.f.t("vault.passkey_beside"));
o += "</p>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
return o;
},
},
macros: {
},
},
"field/patrol.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/patrol.js\"></script><script type=\"module\" src=\"/static/page/photos.js\"></script>";
return o;
},
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("patrol.title"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/\" aria-label=\"";
o += R.out(R.f.t("field.back_today"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("patrol.title"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(R.and(c["grids"], () => !R.same(c["step"], "during")))) {
o += "<nav class=\"switch\" aria-label=\"";
o += R.out(R.f.t("log.grids"));
o += "\">";
const items$0 = R.items(c["grids"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<a href=\"/field/patrol?grid=";
o += R.out(R.get(one$2, "id"));
o += "\"";
if (R.true(R.same(R.get(one$2, "id"), c["grid"]))) {
o += " aria-current=\"page\"";
}
o += ">";
o += R.out(R.get(one$2, "name"));
o += "</a>";
}
o += "</nav>";
}
if (R.true(c["saved"])) {
o += "<div class=\"saved\" id=\"saved\" data-live=\"still\" role=\"status\"><p><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#rc-yes\"/></svg><b>";
o += R.out(R.f.t("patrol.saved", { ["what"]: R.f.t(R.concat(["patrol.what.", R.get(c["saved"], "what")])) }));
o += "</b> <span class=\"whole\">";
o += R.out(R.f.t((R.true(R.get(c["saved"], "unsent")) ? "word.receipt.phone" : "word.receipt.server")));
o += "</span></p><form method=\"post\" action=\"/field/patrol/notes\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(c["grid"]);
o += "\"><input type=\"hidden\" name=\"note\" value=\"";
o += R.out(R.get(c["saved"], "id"));
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(R.get(c["saved"], "over"));
o += "\"><button class=\"btn plain\" name=\"withdraw\" value=\"yes\">";
o += R.out(R.f.t("patrol.withdraw"));
o += "</button></form></div>";
}
o += "<div id=\"patrol\" data-live>\n";
if (R.true(R.same(c["step"], "before"))) {
o += "<p class=\"say\">";
o += R.out(R.f.t(R.concat(["patrol.before.", c["part"]])));
o += "</p>\n<p class=\"quiet\">";
o += R.out(R.f.t("patrol.before_how"));
o += "</p>\n";
} else if (R.true(R.same(c["step"], "during"))) {
o += "<p class=\"say\">";
if (R.true(c["earlier"])) {
o += R.out(R.f.dated("patrol.running_since", { ["at"]: R.f.moment(R.get(c["walk"], "started")) }));
} else {
o += R.out(R.f.t("patrol.running", { ["at"]: R.f.clock(R.get(c["walk"], "started")), ["lasted"]: R.safe(R.T["shared/walks.html"].macros["lasted"](R, c["walk"])) }));
}
o += "</p>\n";
if (R.true(c["earlier"])) {
o += "<p class=\"quiet\">";
o += R.out(R.f.t("patrol.forgotten"));
o += "</p>";
}
} else if (R.true(R.same(c["step"], "after"))) {
o += "<p class=\"say\">";
o += R.out(R.f.t("patrol.over"));
o += "<br>";
o += R.out(R.safe(R.T["shared/walks.html"].macros["when"](R, c["walk"])));
o += "</p>\n<p class=\"quiet\">";
o += R.out(R.safe(R.T["shared/walks.html"].macros["counts"](R, c["walk"])));
o += "</p>\n";
o += R.out(R.safe(R.T["shared/marks.html"].macros["receipts"](R, !R.true(R.get(c["walk"], "unsent")), true, true, null)));
o += "\n";
}
o += "</div>\n";
if (R.true(R.same(c["step"], "before"))) {
o += "<div id=\"before\">\n";
o += R.page("field/_orders.html", R.with(c, {}), {});
o += R.page("field/_care_today.html", R.with(c, {}), {});
if (R.true(R.get(c["before"], "look"))) {
o += "<section class=\"block\" aria-labelledby=\"look\"><h2 id=\"look\"><span>";
o += R.out(R.f.t("patrol.look"));
o += "</span></h2>\n  <ol class=\"rows\">";
const items$4 = R.items(R.get(c["before"], "look"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const d$6 = items$4[i$5];
let at$8 = c["at"];
at$8 = R.f.t((R.true(R.get(R.get(d$6, "place"), "entrance")) ? "word.where" : "word.where_plain"), R.get(d$6, "place"));
o += "    <li><a class=\"row\" href=\"/field/households/";
o += R.out(R.get(d$6, "id"));
o += "\">";
o += R.out(R.safe(R.T["shared/doors.html"].macros["face"](R, d$6)));
o += "<div><b>";
o += R.out(R.or(R.get(d$6, "name"), () => at$8));
o += "</b><p>";
if (R.true(R.get(d$6, "name"))) {
o += R.out(at$8);
}
o += "</p></div>";
if (R.true(R.same(R.get(d$6, "why"), "promise"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "promise", R.f.t("word.mark.promise"))));
} else {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "care", R.f.t(R.concat(["word.care.", R.get(d$6, "care")])))));
}
o += "</a></li>";
}
o += "</ol></section>\n";
}
if (R.true(R.get(c["before"], "due"))) {
o += "<a class=\"rest\" href=\"/field/?show=next\"><span>";
o += R.out(R.f.t((R.true(R.get(c["before"], "look")) ? "patrol.due" : "patrol.due_only"), { ["n"]: R.get(c["before"], "due") }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
}
if (R.true(R.get(c["before"], "hazards"))) {
o += "<section class=\"block\" aria-labelledby=\"hazards\"><h2 id=\"hazards\"><span>";
o += R.out(R.f.t("patrol.hazards"));
o += "</span></h2>\n  <ul class=\"rows\">";
const items$9 = R.items(R.get(c["before"], "hazards"));
for (let i$10 = 0; i$10 < items$9.length; i$10++) {
const h$11 = items$9[i$10];
o += "<li class=\"post\"><small>";
o += R.out(R.f.day(R.get(h$11, "at")));
o += "</small><b>";
if (R.true(R.get(h$11, "household"))) {
o += "<a href=\"/field/households/";
o += R.out(R.get(h$11, "household"));
o += "\">";
o += R.out(R.get(h$11, "where"));
o += "</a>";
} else if (R.true(R.get(h$11, "where"))) {
o += R.out(R.safe(R.T["shared/walks.html"].macros["spot"](R, h$11)));
} else {
o += R.out(R.f.t("patrol.nowhere"));
}
o += "</b><p class=\"two-lines\">";
o += R.out(R.get(h$11, "text"));
o += "</p></li>";
}
o += "</ul></section>\n";
}
if (R.true(R.get(c["before"], "changes"))) {
o += "<section class=\"block\" aria-labelledby=\"changes\"><h2 id=\"changes\"><span>";
if (R.true(R.get(c["before"], "since"))) {
o += R.out(R.f.dated("patrol.changes", { ["at"]: R.f.moment(R.get(c["before"], "since")) }));
} else {
o += R.out(R.f.t("patrol.changes_lately"));
}
o += "</span><span>";
o += R.out(R.f.t("log.visits_n", { ["n"]: R.get(c["before"], "changed") }));
o += "</span></h2>\n  <ol class=\"rows\">";
const items$13 = R.items(R.get(c["before"], "changes"));
for (let i$14 = 0; i$14 < items$13.length; i$14++) {
const d$15 = items$13[i$14];
o += "<li class=\"post\"><small>";
o += R.out(R.f.moment(R.get(d$15, "at")));
o += "</small><b>";
if (R.true(R.get(d$15, "place"))) {
o += "<a href=\"/field/households/";
o += R.out(R.get(d$15, "household"));
o += "\">";
o += R.out(R.get(d$15, "door"));
if (R.true(R.get(d$15, "name"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(d$15, "name"));
}
o += "</a>";
} else {
o += R.out(R.f.t("log.somewhere"));
}
o += "</b><p>";
o += R.out(R.get(d$15, "by"));
o += " ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["result"](R, R.get(d$15, "result"))));
o += "</p></li>";
}
o += "</ol></section>\n";
}
if (R.true(R.and(R.and(R.and(R.and(R.and(!R.true(c["orders"]), () => !R.true(c["care"])), () => !R.true(R.get(c["before"], "look"))), () => !R.true(R.get(c["before"], "due"))), () => !R.true(R.get(c["before"], "hazards"))), () => !R.true(R.get(c["before"], "changes"))))) {
o += "<p class=\"none\">";
o += R.out(R.f.t("patrol.nothing"));
o += "</p>";
}
o += "</div>\n";
}
if (R.true(c["grid"])) {
o += "<form id=\"walk\" method=\"post\" action=\"/field/patrol\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["end_id"]);
o += "\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(c["grid"]);
o += "\">";
if (R.true(R.same(c["step"], "during"))) {
o += "<input type=\"hidden\" name=\"patrol\" value=\"";
o += R.out(R.get(c["walk"], "id"));
o += "\"><input type=\"hidden\" name=\"step\" value=\"";
o += R.out(c["tapped"]);
o += "\">";
}
o += "</form>\n<section class=\"block\" aria-labelledby=\"noting\"><h2 id=\"noting\"><span>";
o += R.out(R.f.t((R.true(c["note_id"]) ? "patrol.note_again" : (R.true(R.same(c["step"], "during")) ? "patrol.note" : "patrol.note_alone"))));
o += "</span></h2>\n<form class=\"form\" autocomplete=\"off\" id=\"note\" method=\"post\" enctype=\"multipart/form-data\" action=\"/field/patrol/notes\"";
if (R.true(!R.true(c["note_id"]))) {
o += " data-draft=\"patrol\"";
}
o += ">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(c["grid"]);
o += "\"><input type=\"hidden\" name=\"note\" value=\"";
o += R.out(c["note_id"]);
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(c["over"]);
o += "\"><input type=\"hidden\" name=\"patrol\" value=\"";
o += R.out(c["of"]);
o += "\">\n  <fieldset><legend class=\"hide\">";
o += R.out(R.f.t("patrol.what"));
o += "</legend><div class=\"pick four\" data-then=\"text\">";
const items$17 = R.items(["change", "problem", "demand", "dispute"]);
for (let i$18 = 0; i$18 < items$17.length; i$18++) {
const what$19 = items$17[i$18];
o += "<label><input type=\"radio\" name=\"what\" value=\"";
o += R.out(what$19);
o += "\"";
if (R.true(R.same(R.get(c["values"], "what"), what$19))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["patrol.what.", what$19])));
o += "</label>";
}
o += "</div></fieldset>\n  <p><label class=\"label\" for=\"text\"><span>";
o += R.out(R.f.t("patrol.words"));
o += "</span>";
if (R.true(!R.true(c["note_id"]))) {
o += "<output data-draft-line data-text=\"";
o += R.out(R.f.t("log.kept", { ["clock"]: "{clock}" }));
o += "\" data-text-here=\"";
o += R.out(R.f.t("log.kept_here", { ["clock"]: "{clock}" }));
o += "\">";
if (R.true(c["draft"])) {
o += R.out(R.f.t("log.kept", { ["clock"]: R.f.clock(R.get(c["draft"], "at")) }));
}
o += "</output>";
}
o += "</label><textarea class=\"field\" id=\"text\" name=\"text\" rows=\"3\"";
if (R.true(R.or(R.get(c["errors"], "text"), () => c["note_id"]))) {
if (R.true(R.or(R.same(c["wrong"], "text"), () => c["note_id"]))) {
o += " autofocus";
}
}
if (R.true(R.get(c["errors"], "text"))) {
o += " aria-invalid=\"true\" aria-describedby=\"w-text\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "text"));
o += "</textarea>";
if (R.true(R.get(c["errors"], "text"))) {
o += "<span class=\"wrong\" id=\"w-text\" role=\"alert\">";
o += R.out(R.f.t(R.get(c["errors"], "text")));
o += "</span>";
}
o += "</p>\n";
o += R.page("field/_voice.html", R.with(c, {}), {});
if (R.true(c["strip"])) {
o += "<fieldset><legend>";
o += R.out(R.f.t("patrol.where"));
o += "</legend><div class=\"pick strip\"><label><input type=\"radio\" name=\"building\" value=\"\"";
if (R.true(!R.true(R.get(c["values"], "building")))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t("patrol.nowhere"));
o += "</label>";
if (R.true(R.and(c["spot"], () => R.get(c["spot"], "where")))) {
o += "<label><input type=\"radio\" name=\"building\" value=\"";
o += R.out(R.get(c["spot"], "value"));
o += "\" checked";
if (R.true(c["spot_tapped"])) {
o += " data-tapped";
}
o += ">";
o += R.out(R.safe(R.T["shared/walks.html"].macros["spot"](R, c["spot"])));
o += "</label>";
}
const items$21 = R.items(c["strip"]);
for (let i$22 = 0; i$22 < items$21.length; i$22++) {
const b$23 = items$21[i$22];
o += "<label><input type=\"radio\" name=\"building\" value=\"";
o += R.out(R.get(b$23, "id"));
o += "\"";
if (R.true(R.same(R.get(c["values"], "building"), R.get(b$23, "id")))) {
o += " checked";
if (R.true(c["spot_tapped"])) {
o += " data-tapped";
}
}
o += ">";
o += R.out(R.get(b$23, "name"));
o += "</label>";
}
o += "</div>\n";
if (R.true(!R.true(c["note_id"]))) {
o += "<a class=\"rest\" href=\"/field/doors?pick=note\"><span>";
o += R.out(R.f.t("patrol.on_board"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-doors\"/></svg></a>";
}
o += "</fieldset>";
}
if (R.true(!R.same(c["step"], "during"))) {
o += "<p class=\"turn\"><button class=\"btn\">";
o += R.out(R.f.t("patrol.save"));
o += "</button></p>";
}
o += "</form></section>\n";
}
o += "<div id=\"noted\" data-live>\n";
if (R.true(R.and(c["walk"], () => R.get(c["walk"], "notes")))) {
o += "<section class=\"block\" aria-labelledby=\"notes\"><h2 id=\"notes\"><span>";
o += R.out(R.f.t("patrol.notes"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(R.get(c["walk"], "notes"))));
o += "</span></h2>\n  <ol class=\"rows\">";
const items$25 = R.items(R.get(c["walk"], "notes"));
for (let i$26 = 0; i$26 < items$25.length; i$26++) {
const n$27 = items$25[i$26];
o += R.out(R.safe(R.T["field/patrol.html"].macros["mine"](R, n$27, c["grid"])));
}
o += "</ol></section>\n";
}
if (R.true(c["beside"])) {
o += "<section class=\"block\" aria-labelledby=\"beside\"><h2 id=\"beside\"><span>";
o += R.out(R.f.t("patrol.beside"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(c["beside"])));
o += "</span></h2>\n  <ol class=\"rows\">";
const items$29 = R.items(c["beside"]);
for (let i$30 = 0; i$30 < items$29.length; i$30++) {
const n$31 = items$29[i$30];
o += R.out(R.safe(R.T["field/patrol.html"].macros["mine"](R, n$31, c["grid"])));
}
o += "</ol></section>\n";
}
if (R.true(R.same(c["step"], "during"))) {
o += "<section class=\"block\" aria-labelledby=\"sum\"><h2 id=\"sum\"><span>";
o += R.out(R.f.t("patrol.sum"));
o += "</span></h2>\n  <p>";
o += R.out(R.safe(R.T["shared/walks.html"].macros["lasted"](R, c["walk"])));
o += R.out(R.f.t("word.comma"));
o += R.out(R.safe(R.T["shared/walks.html"].macros["counts"](R, c["walk"])));
o += "</p>\n  <p class=\"sum\"><button form=\"walk\" class=\"btn\">";
o += R.out(R.f.t("patrol.end"));
o += "</button></p></section>\n";
} else if (R.true(R.same(c["step"], "after"))) {
o += "<p><a class=\"rest\" href=\"/field/patrol?grid=";
o += R.out(c["grid"]);
o += "&amp;show=before\"><span>";
o += R.out(R.f.t("patrol.once_more"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>\n";
}
o += "</div>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<div class=\"acts\"><a class=\"btn\" href=\"/field/\">";
o += R.out(R.f.t("field.back_today"));
o += "</a>";
if (R.true(c["grid"])) {
if (R.true(R.same(c["step"], "before"))) {
o += "<button form=\"walk\" class=\"btn go\">";
o += R.out(R.f.t("patrol.start"));
o += "</button>";
} else if (R.true(R.same(c["step"], "during"))) {
o += "<button form=\"note\" class=\"btn go\">";
o += R.out(R.f.t("patrol.save"));
o += "</button>";
} else if (R.true(R.same(c["step"], "after"))) {
o += "<a class=\"btn go\" href=\"/field/log?grid=";
o += R.out(c["grid"]);
o += "\">";
o += R.out(R.f.t("patrol.to_log"));
o += "</a>";
}
}
o += "</div>\n";
return o;
},
},
macros: {
"mine"(R, n$0, grid$1) {
let o = "";
o += "<li class=\"post\"><small>";
o += R.out(R.f.clock(R.get(n$0, "at")));
o += "</small>";
o += R.out(R.safe(R.T["shared/walks.html"].macros["note"](R, n$0)));
o += R.out(R.safe(R.T["field/_shots.html"].macros["shots"](R, R.get(n$0, "blobs"), R.concat(["note=", R.get(n$0, "id")]))));
if (R.true(R.get(n$0, "unsent"))) {
o += "<p>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
o += "</p>";
}
o += "<form class=\"turn\" method=\"post\" action=\"/field/patrol/notes\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(grid$1);
o += "\"><input type=\"hidden\" name=\"note\" value=\"";
o += R.out(R.get(n$0, "id"));
o += "\"><input type=\"hidden\" name=\"over\" value=\"";
o += R.out(R.get(n$0, "over"));
o += "\"><a class=\"btn plain\" href=\"/field/patrol?grid=";
o += R.out(grid$1);
o += "&amp;again=";
o += R.out(R.get(n$0, "id"));
o += "#note\">";
o += R.out(R.f.t("patrol.again"));
o += "</a>";
if (R.true(R.same(R.get(n$0, "what"), "problem"))) {
o += "<a class=\"btn plain\" href=\"/field/whistles/new?patrol_note=";
o += R.out(R.get(n$0, "id"));
o += "\">";
o += R.out(R.f.t("whistles.new"));
o += "</a>";
}
o += "<button class=\"btn plain\" name=\"withdraw\" value=\"yes\">";
o += R.out(R.f.t("patrol.withdraw"));
o += "</button></form></li>";
return o;
},
},
},
"field/pick.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.pick.title"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/\" aria-label=\"";
o += R.out(R.f.t("field.back_today"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("field.pick.title"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(c["note_text"])) {
o += "<section class=\"saved\"><p><b>";
o += R.out(R.f.t("vault.note_in_hand"));
o += "</b> <span class=\"pre\">";
o += R.out(c["note_text"]);
o += "</span></p></section>";
}
o += "<form class=\"finding open\" autocomplete=\"off\" role=\"search\" action=\"/field/visits/new\">\n  <input type=\"hidden\" name=\"to\" value=\"visit\">";
if (R.true(c["note"])) {
o += "<input type=\"hidden\" name=\"note\" value=\"";
o += R.out(c["note"]);
o += "\">";
}
o += "  <label class=\"find\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-find\"/></svg><span class=\"hide\">";
o += R.out(R.f.t("field.find.label"));
o += "</span><input type=\"search\" name=\"q\" value=\"";
o += R.out(c["q"]);
o += "\" placeholder=\"";
o += R.out(R.f.t("field.find.hint"));
o += "\" autocomplete=\"off\" enterkeyhint=\"search\" maxlength=\"60\" hx-get=\"/field/doors/found\" hx-trigger=\"input changed delay:180ms\" hx-target=\"#found\" hx-sync=\"this:replace\" hx-include=\"closest form\"></label>\n  <div class=\"found\" id=\"found\" role=\"status\">";
if (R.true(c["found"])) {
o += R.page("field/_found.html", R.with(c, {}), {});
}
o += "</div>\n</form>\n";
if (R.true(c["due"])) {
o += "<section class=\"block\" aria-labelledby=\"due\"><h2 id=\"due\">";
o += R.out(R.f.t("field.pick.due"));
o += "</h2>\n  <ol class=\"rows\">\n";
const items$0 = R.items(c["due"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const d$2 = items$0[i$1];
let at$4 = c["at"];
at$4 = R.f.t((R.true(R.get(R.get(d$2, "place"), "entrance")) ? "word.where" : "word.where_plain"), R.get(d$2, "place"));
o += "    <li><a class=\"row\" href=\"/field/households/";
o += R.out(R.get(d$2, "id"));
o += "/visits/new";
if (R.true(c["note"])) {
o += "?note=";
o += R.out(c["note"]);
}
o += "\">";
o += R.out(R.safe(R.T["shared/doors.html"].macros["face"](R, d$2)));
o += "<div><b>";
o += R.out(R.or(R.get(d$2, "name"), () => at$4));
o += "</b>";
if (R.true(R.get(d$2, "name"))) {
o += "<p>";
o += R.out(at$4);
o += "</p>";
}
o += "</div></a></li>\n";
}
o += "  </ol></section>\n";
}
if (R.true(c["recent"])) {
o += "<section class=\"block\" aria-labelledby=\"recent\"><h2 id=\"recent\">";
o += R.out(R.f.t("field.pick.recent"));
o += "</h2>\n  <ol class=\"rows\">\n";
const items$5 = R.items(c["recent"]);
for (let i$6 = 0; i$6 < items$5.length; i$6++) {
const d$7 = items$5[i$6];
let at$9 = c["at"];
at$9 = R.f.t((R.true(R.get(R.get(d$7, "place"), "entrance")) ? "word.where" : "word.where_plain"), R.get(d$7, "place"));
o += "    <li><a class=\"row\" href=\"/field/households/";
o += R.out(R.get(d$7, "id"));
o += "/visits/new";
if (R.true(c["note"])) {
o += "?note=";
o += R.out(c["note"]);
}
o += "\">";
o += R.out(R.safe(R.T["shared/doors.html"].macros["face"](R, d$7)));
o += "<div><b>";
o += R.out(R.or(R.get(d$7, "name"), () => at$9));
o += "</b><p>";
if (R.true(R.get(d$7, "name"))) {
o += R.out(at$9);
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t(R.concat(["word.result.", R.get(d$7, "result")])));
o += "</p></div></a></li>\n";
}
o += "  </ol></section>\n";
}
o += "<a class=\"rest\" href=\"/field/doors\"><span>";
o += R.out(R.f.t("field.pick.board"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-doors\"/></svg></a>\n";
return o;
},
},
macros: {
},
},
"field/pin.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("vault.choose"));
return o;
},
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/pin.js\"></script>";
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<p class=\"place\">";
if (R.true(c["others"])) {
o += R.out(R.f.t("field.more.phone_of", { ["name"]: c["me"] }));
} else {
o += R.out(R.f.t("vault.place"));
}
o += "</p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<h1 class=\"say\">";
o += R.out(R.f.t((R.true(c["again"]) ? "vault.choose_again" : "vault.choose")));
o += "</h1>\n<p>";
o += R.out(R.f.t((R.true(c["again"]) ? "vault.choose_again_say" : "vault.choose_say")));
o += "</p>\n<form class=\"pins\" autocomplete=\"off\" method=\"post\" action=\"/field/pin\" data-pins>\n  <input type=\"hidden\" name=\"back\" value=\"";
o += R.out(c["back"]);
o += "\">\n  ";
o += R.out(R.safe(R.T["field/_keypad.html"].macros["field"](R, "pin", R.f.t("vault.first"), null)));
o += "\n  ";
o += R.out(R.safe(R.T["field/_keypad.html"].macros["field"](R, "again", R.f.t("vault.second"), null)));
o += "\n";
if (R.true(c["wrong"])) {
o += "<p class=\"wrong\" role=\"alert\">";
o += R.out(R.f.t(c["wrong"]));
o += "</p>";
}
o += "  ";
o += R.out(R.safe(R.T["field/_keypad.html"].macros["keys"](R, R.f.t("vault.erase"))));
o += "\n  <button class=\"btn go\" data-submit>";
o += R.out(R.f.t("vault.keep"));
o += "</button>\n  <p class=\"quiet\" role=\"status\" data-busy=\"";
o += R.out(R.f.t("vault.closing"));
o += "\"></p>\n</form>\n<p class=\"quiet\">";
o += R.out(R.f.t("vault.forget_say"));
o += "</p>\n";
o += R.page("field/_people.html", R.with(c, {}), {});
return o;
},
"foot"(c, b, R, up) {
let o = "";
return o;
},
},
macros: {
},
},
"field/resident_form.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.people.add"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "\" aria-label=\"";
o += R.out(R.f.t("field.back_home"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("field.people.add"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<form class=\"form\" autocomplete=\"off\" id=\"person\" method=\"post\" action=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "/residents\" data-draft=\"resident:";
o += R.out(R.get(c["household"], "id"));
o += "\">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\">";
o += R.page("field/_stands.html", R.with(c, {}), {});
o += "  <p class=\"quiet\">";
o += R.out(R.get(R.get(c["household"], "place"), "quarters"));
o += R.out(R.f.t((R.true(R.get(R.get(c["household"], "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(c["household"], "place")));
o += "</p>\n  <p class=\"quiet draft\"><output data-draft-line data-text=\"";
o += R.out(R.f.t("visit.draft_kept", { ["clock"]: "{clock}" }));
o += "\" data-text-here=\"";
o += R.out(R.f.t("visit.draft_here", { ["clock"]: "{clock}" }));
o += "\"></output></p>\n";
if (R.true(c["errors"])) {
o += "<p class=\"wrong\" role=\"alert\">";
o += R.out(R.f.t("field.error.some", { ["n"]: R.f.length(c["errors"]) }));
o += "</p>";
}
o += "  <div class=\"pair\">\n    <p><label class=\"label\" for=\"name\"><span>";
o += R.out(R.f.t("word.fact.name"));
o += "</span></label><input class=\"field\" id=\"name\" name=\"name\" value=\"";
o += R.out(R.get(c["values"], "name"));
o += "\" autocomplete=\"off\" aria-required=\"true\" placeholder=\"";
o += R.out(R.f.t("field.people.name_hint"));
o += "\"";
if (R.true(R.get(c["errors"], "name"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "name"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-name\"";
}
o += ">";
if (R.true(R.get(c["errors"], "name"))) {
o += "<span class=\"wrong\" id=\"w-name\">";
o += R.out(R.f.t(R.get(c["errors"], "name")));
o += "</span>";
}
o += "</p>\n    <p><label class=\"label\" for=\"relation\"><span>";
o += R.out(R.f.t("word.fact.relation"));
o += "</span></label><input class=\"field\" id=\"relation\" name=\"relation\" value=\"";
o += R.out(R.get(c["values"], "relation"));
o += "\" autocomplete=\"off\" placeholder=\"";
o += R.out(R.f.t("field.people.relation_hint"));
o += "\"";
if (R.true(R.get(c["errors"], "relation"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "relation"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-relation\"";
}
o += ">";
if (R.true(R.get(c["errors"], "relation"))) {
o += "<span class=\"wrong\" id=\"w-relation\">";
o += R.out(R.f.t(R.get(c["errors"], "relation")));
o += "</span>";
}
o += "</p>\n    <p><label class=\"label\" for=\"birth_year\"><span>";
o += R.out(R.f.t("word.fact.birth_year"));
o += "</span></label><input class=\"field\" id=\"birth_year\" name=\"birth_year\" value=\"";
o += R.out(R.get(c["values"], "birth_year"));
o += "\" inputmode=\"numeric\" maxlength=\"4\" autocomplete=\"off\"";
if (R.true(R.get(c["errors"], "birth_year"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "birth_year"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-birth_year\"";
}
o += ">";
if (R.true(R.get(c["errors"], "birth_year"))) {
o += "<span class=\"wrong\" id=\"w-birth_year\">";
o += R.out(R.f.t(R.get(c["errors"], "birth_year")));
o += "</span>";
}
o += "</p>\n    <p><label class=\"label\" for=\"phone\"><span>";
o += R.out(R.f.t("word.fact.phone"));
o += "</span></label><input class=\"field\" type=\"tel\" id=\"phone\" name=\"phone\" value=\"";
o += R.out(R.get(c["values"], "phone"));
o += "\" autocomplete=\"off\"";
if (R.true(R.get(c["errors"], "phone"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "phone"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-phone\"";
}
o += ">";
if (R.true(R.get(c["errors"], "phone"))) {
o += "<span class=\"wrong\" id=\"w-phone\">";
o += R.out(R.f.t(R.get(c["errors"], "phone")));
o += "</span>";
}
o += "</p>\n  </div>\n  <fieldset><legend><span>";
o += R.out(R.f.t("word.fact.lives_here"));
o += "</span></legend><div class=\"pick two\"><label><input type=\"radio\" name=\"lives_here\" value=\"yes\"";
if (R.true(R.same(R.get(c["values"], "lives_here"), "yes"))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t("word.lives_here.yes"));
o += "</label><label><input type=\"radio\" name=\"lives_here\" value=\"no\"";
if (R.true(R.same(R.get(c["values"], "lives_here"), "no"))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t("word.lives_here.no"));
o += "</label></div></fieldset>\n  <fieldset><legend><span>";
o += R.out(R.f.t("field.tags"));
o += "</span><span>";
o += R.out(R.f.t("field.tags.hint"));
o += "</span></legend><div class=\"ticks\">";
const items$0 = R.items(c["tags"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const choice$2 = items$0[i$1];
o += "<label><input type=\"checkbox\" name=\"tags\" value=\"";
o += R.out(R.get(choice$2, "tag"));
o += "\"";
if (R.true(R.get(choice$2, "had"))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["word.tag.", R.get(choice$2, "tag")])));
o += "</label>";
}
o += "</div></fieldset>\n  <p><label class=\"label\" for=\"note\"><span>";
o += R.out(R.f.t("word.fact.note"));
o += "</span></label><textarea class=\"field\" id=\"note\" name=\"note\" rows=\"2\"";
if (R.true(R.get(c["errors"], "note"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "note"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-note\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "note"));
o += "</textarea>";
if (R.true(R.get(c["errors"], "note"))) {
o += "<span class=\"wrong\" id=\"w-note\">";
o += R.out(R.f.t(R.get(c["errors"], "note")));
o += "</span>";
}
o += "</p>\n</form>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<div class=\"acts\"><a class=\"btn\" href=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "\" data-draft-end>";
o += R.out(R.f.t("field.leave_new"));
o += "</a><button form=\"person\" class=\"btn go\">";
o += R.out(R.f.t("field.people.save"));
o += "</button></div>\n";
return o;
},
},
macros: {
},
},
"field/suggestion_form.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.easier.title"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"";
o += R.out(c["back"]);
o += "\" aria-label=\"";
o += R.out(R.f.t("field.easier.back"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("field.easier.title"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<form class=\"form\" autocomplete=\"off\" id=\"suggestion\" method=\"post\" action=\"/field/suggestions\" data-draft=\"suggestion:";
o += R.out(c["page"]);
o += "\">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(c["grid"]);
o += "\"><input type=\"hidden\" name=\"page\" value=\"";
o += R.out(c["page"]);
o += "\"><input type=\"hidden\" name=\"back\" value=\"";
o += R.out(c["back"]);
o += "\">\n  <p class=\"quiet\" id=\"easier-say\">";
o += R.out(R.f.t("field.easier.say"));
o += "</p>\n  <p class=\"quiet draft\"><output data-draft-line data-text=\"";
o += R.out(R.f.t("visit.draft_kept", { ["clock"]: "{clock}" }));
o += "\" data-text-here=\"";
o += R.out(R.f.t("visit.draft_here", { ["clock"]: "{clock}" }));
o += "\"></output></p>\n  <p><label class=\"label\" for=\"text\"><span>";
o += R.out(R.f.t("field.easier.label"));
o += "</span></label><textarea class=\"field\" id=\"text\" name=\"text\" rows=\"5\"";
if (R.true(R.get(c["errors"], "text"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "text"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-text easier-say\"";
} else {
o += " aria-describedby=\"easier-say\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "text"));
o += "</textarea>";
if (R.true(R.get(c["errors"], "text"))) {
o += "<span class=\"wrong\" id=\"w-text\" role=\"alert\">";
o += R.out(R.f.t(R.get(c["errors"], "text")));
o += "</span>";
}
o += "</p>\n</form>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<div class=\"acts\"><a class=\"btn\" href=\"";
o += R.out(c["back"]);
o += "\" data-draft-end>";
o += R.out(R.f.t("field.easier.leave"));
o += "</a><button form=\"suggestion\" class=\"btn go\">";
o += R.out(R.f.t("field.easier.save"));
o += "</button></div>\n";
return o;
},
},
macros: {
},
},
"field/today.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("field.tab.today"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<p class=\"place\"><time datetime=\"";
o += R.out(c["now"]);
o += "\">";
if (R.true(R.same(c["lang"], "en"))) {
o += R.out(R.f.weekday(c["now"]));
o += " ";
o += R.out(R.f.day(c["now"]));
} else {
o += R.out(R.f.day(c["now"]));
o += " ";
o += R.out(R.f.weekday(c["now"]));
}
o += "</time></p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(!R.true(c["homes"]))) {
o += "<div id=\"day\" data-live>\n<h1 class=\"say\">";
o += R.out(R.f.t((R.true(c["arriving"]) ? "field.arriving.say" : (R.true(c["grids"]) ? "field.today.empty" : (R.true(c["revoked"]) ? "outbox.revoked" : "field.today.no_grid")))));
o += "</h1>\n<p>";
o += R.out(R.f.t((R.true(c["arriving"]) ? "field.today.empty_arriving" : (R.true(c["grids"]) ? "field.today.empty_then" : (R.true(c["revoked"]) ? "outbox.revoked_then" : "field.today.no_grid_then")))));
o += "</p>\n";
if (R.true(R.and(R.and(R.get(c["outgoing"], "count"), () => !R.true(c["grids"])), () => !R.true(c["arriving"])))) {
o += "<p><a class=\"rest\" href=\"/field/outbox\"><span>";
o += R.out(R.f.t("field.today.no_grid_unsent", { ["n"]: R.get(c["outgoing"], "count") }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>";
}
o += "</div>\n";
} else {
o += "<div id=\"day\">\n";
if (R.true(!R.true(c["due"]))) {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("field.today.nothing"));
o += "</h1>\n";
} else if (R.true(!R.true(c["left"]))) {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("field.today.finished"));
o += "<br>";
o += R.out(R.f.t("field.today.so_far", { ["knocked"]: c["knocked"], ["answered"]: c["answered"] }));
o += "</h1>\n";
} else if (R.true(c["knocked"])) {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("field.today.due_going", { ["n"]: c["due"] }));
o += "<br>";
o += R.out(R.f.t("field.today.so_far", { ["knocked"]: c["knocked"], ["answered"]: c["answered"] }));
o += "</h1>\n";
} else {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("field.today.due_start", { ["n"]: c["due"] }));
o += "</h1>\n";
}
}
if (R.true(c["homes"])) {
if (R.true(R.same(c["online"], false))) {
o += "<p>";
o += R.out(R.f.t("field.today.offline"));
o += "</p>";
} else if (R.true(R.and(R.and(c["later"], () => !R.same(c["show"], "next")), () => !R.same(c["show"], "all")))) {
o += "<p>";
o += R.out(R.f.t("field.today.later", { ["n"]: c["later"] }));
o += "</p>";
}
const items$0 = R.items(c["returned"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += "<p class=\"half\"><a href=\"/field/log?grid=";
o += R.out(R.get(one$2, "grid"));
o += "&amp;day=";
o += R.out(R.get(one$2, "day"));
o += "\"><span>";
o += R.out(R.f.dated("log.returned_day", { ["on"]: R.f.day(R.get(one$2, "day")), ["by"]: R.get(one$2, "by"), ["note"]: R.get(one$2, "note") }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>";
}
o += R.page("field/_asked_today.html", R.with(c, {}), {});
o += R.page("field/_stand_today.html", R.with(c, {}), {});
o += R.page("field/_orders.html", R.with(c, {}), {});
if (R.true(c["half"])) {
o += "<p class=\"half\">";
o += R.out(R.f.t("field.half"));
const items$4 = R.items(c["half"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const one$6 = items$4[i$5];
o += "<a href=\"";
o += R.out(R.get(one$6, "href"));
o += "\">";
o += R.out(R.f.t(R.concat(["field.half.", R.get(one$6, "of")]), { ["door"]: R.get(one$6, "door") }));
o += "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
}
o += "</p>";
}
o += R.page("field/_patrol_today.html", R.with(c, {}), {});
o += R.page("field/_care_today.html", R.with(c, {}), {});
if (R.true(R.get(c["whistles"], "waiting"))) {
o += R.page("field/_whistles_today.html", R.with(c, {}), {});
}
if (R.true(c["next"])) {
o += "<section class=\"block\" aria-labelledby=\"next\">\n  <h2 id=\"next\"><span>";
o += R.out(R.f.t("field.today.next"));
o += "</span>";
if (R.true(R.or(R.same(c["show"], "next"), () => R.same(c["show"], "all")))) {
o += "<a href=\"/field/\">";
o += R.out(R.f.t("field.today.fewer"));
o += "</a>";
} else if (R.true(R.less(R.f.length(c["next"]), c["all_left"]))) {
o += "<a href=\"/field/?show=next\">";
o += R.out(R.f.t("field.today.all", { ["n"]: c["all_left"] }));
o += "</a>";
}
o += "</h2>\n  <ol class=\"rows\">\n";
const items$8 = R.items(c["next"]);
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const d$10 = items$8[i$9];
let at$12 = c["at"];
at$12 = R.f.t((R.true(R.get(R.get(d$10, "place"), "entrance")) ? "word.where" : "word.where_plain"), R.get(d$10, "place"));
o += "    <li><a class=\"row\" href=\"/field/households/";
o += R.out(R.get(d$10, "id"));
o += "\">";
o += R.out(R.safe(R.T["shared/doors.html"].macros["face"](R, d$10)));
o += "<div><b>";
o += R.out(R.or(R.get(d$10, "name"), () => at$12));
o += "</b><p>";
if (R.true(R.get(d$10, "name"))) {
o += R.out(at$12);
o += R.out(R.f.t("word.comma"));
}
if (R.true(R.same(R.get(d$10, "why"), "promise"))) {
if (R.true(R.get(d$10, "promised_today"))) {
o += R.out(R.f.t("field.why.promise_today"));
} else {
o += R.out(R.f.dated("field.why.promise_on", { ["on"]: R.f.day(R.get(d$10, "promise_on")) }));
}
} else if (R.true(R.same(R.get(d$10, "label"), "never"))) {
o += R.out(R.f.t("field.why.never"));
} else if (R.true(R.same(R.get(d$10, "why"), "care"))) {
o += R.out(R.f.t(R.concat(["field.why.care_", R.get(d$10, "care")]), { ["n"]: R.get(d$10, "days") }));
} else {
o += R.out(R.f.t("field.why.long", { ["n"]: R.get(d$10, "days") }));
}
if (R.true(R.get(d$10, "knocked_on"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.dated("field.why.knocked", { ["on"]: R.f.day(R.get(d$10, "knocked_on")) }));
}
o += "</p></div>";
if (R.true(R.same(R.get(d$10, "why"), "promise"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "promise", (R.true(R.get(d$10, "promised_today")) ? R.f.t("field.why.word_today") : R.f.t("field.why.word_promise")))));
} else if (R.true(R.same(R.get(d$10, "why"), "care"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "care", R.f.t("word.mark.care"))));
} else {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "due", R.f.t("word.mark.due"))));
}
o += "</a></li>\n";
}
o += "  </ol>\n";
if (R.true(c["further"])) {
o += "<a class=\"rest\" href=\"/field/?show=all\"><span>";
o += R.out(R.f.t("field.today.further", { ["n"]: c["further"] }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>";
}
o += "</section>\n";
}
o += R.page("field/_actions.html", R.with(c, {}), {});
if (R.true(c["done"])) {
o += "<section class=\"block\" aria-labelledby=\"done\">\n  <h2 id=\"done\"><span>";
o += R.out(R.f.t("field.today.done"));
o += "</span><span>";
o += R.out(R.f.t("word.homes", { ["n"]: c["knocked"] }));
o += "</span></h2>\n  <ol class=\"rows\">\n";
const items$13 = R.items(c["done"]);
for (let i$14 = 0; i$14 < items$13.length; i$14++) {
const d$15 = items$13[i$14];
let at$17 = c["at"];
at$17 = R.f.t((R.true(R.get(R.get(d$15, "place"), "entrance")) ? "word.where" : "word.where_plain"), R.get(d$15, "place"));
o += "    <li><a class=\"row\" id=\"d-";
o += R.out(R.get(d$15, "id"));
o += "\" data-live=\"still\" href=\"/field/households/";
o += R.out(R.get(d$15, "id"));
o += "\">";
o += R.out(R.safe(R.T["shared/doors.html"].macros["face"](R, d$15)));
o += "<div><b>";
o += R.out(R.or(R.get(d$15, "name"), () => at$17));
o += "</b><p class=\"one\">";
if (R.true(R.get(d$15, "name"))) {
o += R.out(at$17);
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t(R.concat(["word.result.", R.get(d$15, "result")])));
if (R.true(R.get(d$15, "text"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(d$15, "text"));
}
o += "</p></div>";
if (R.true(R.holds(R.get(d$15, "says"), "unsent"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "</a></li>\n";
}
o += "  </ol>\n";
if (R.true(c["rest"])) {
o += "  <a class=\"rest\" href=\"/field/?show=done\"><span>";
o += R.out(R.f.t("field.today.rest", { ["n"]: R.get(c["rest"], "n") }));
const items$18 = R.items(R.get(c["rest"], "parts"));
for (let i$19 = 0; i$19 < items$18.length; i$19++) {
const part$20 = items$18[i$19];
const loop$21 = R.loop(i$19, items$18);
if (R.true(!R.true(loop$21.first))) {
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t(R.concat(["field.today.rest_", R.get(part$20, "of")]), { ["n"]: R.get(part$20, "n") }));
}
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>\n";
}
o += "</section>\n";
}
if (R.true(!R.true(R.get(c["whistles"], "waiting")))) {
o += R.page("field/_whistles_today.html", R.with(c, {}), {});
}
o += R.page("field/_follow.html", R.with(c, {}), {});
o += R.page("field/_reports.html", R.with(c, {}), {});
if (R.true(c["log"])) {
o += "<p id=\"log\" data-live><a class=\"rest\" href=\"/field/log\"><span>";
o += R.out(R.f.t("log.today", { ["state"]: R.f.t((R.true(R.get(c["log"], "unsent")) ? "log.state.unsent" : R.concat(["log.state.", R.get(c["log"], "state")]))) }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>";
}
o += "<p><a class=\"rest\" href=\"/field/emergency\"><span>";
o += R.out(R.f.t("care.emergency"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>\n</div>\n";
}
return o;
},
"foot"(c, b, R, up) {
let o = "";
if (R.true(c["homes"])) {
o += "<div class=\"acts\"><a class=\"btn go\" href=\"/field/visits/new\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-visit\"/></svg>";
o += R.out(R.f.t("field.today.record"));
o += "</a></div>";
}
o += R.out(R.safe(up()));
o += "\n";
return o;
},
},
macros: {
},
},
"field/visit.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("visit.one"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "\" aria-label=\"";
o += R.out(R.f.t("field.back_home"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1 class=\"whole\">";
o += R.out(R.f.dated("visit.one_day", { ["on"]: R.f.day(R.get(c["visit"], "at")) }));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
let of$0 = c["of"];
o += "<p class=\"quiet\">";
o += R.out(R.get(R.get(c["household"], "place"), "quarters"));
o += R.out(R.f.t((R.true(R.get(R.get(c["household"], "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(c["household"], "place")));
if (R.true(R.get(c["household"], "name"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(c["household"], "name"));
}
o += "</p>\n<p class=\"tells\"><span class=\"word";
if (R.true(R.or(R.same(R.get(c["visit"], "result"), "met"), () => R.same(R.get(c["visit"], "result"), "inconvenient")))) {
o += " good";
}
o += "\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-";
o += R.out(R.get(c["visit"], "result"));
o += "\"/></svg>";
o += R.out(R.f.t(R.concat(["word.result.", R.get(c["visit"], "result")])));
o += "</span><span class=\"word quiet\">";
o += R.out(R.f.t(R.concat(["word.mode.", R.get(c["visit"], "mode")])));
if (R.true(R.get(c["visit"], "by"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(c["visit"], "by"));
}
if (R.true(R.get(c["visit"], "entered_by"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("visit.entered_by", { ["by"]: R.get(c["visit"], "entered_by") }));
}
o += "</span></p>\n";
o += R.page("field/_asked.html", R.with(c, {"of": of$0}), {});
o += "<section class=\"block\" aria-labelledby=\"said\"><h2 id=\"said\">";
o += R.out(R.f.t("visit.said"));
o += "</h2>\n";
if (R.true(R.get(c["visit"], "private"))) {
o += "<p class=\"none\">";
o += R.out(R.f.t("visit.private_kept"));
o += "</p>";
} else if (R.true(R.get(c["visit"], "text"))) {
o += "<p class=\"words pre\">";
o += R.out(R.get(c["visit"], "text"));
o += "</p>";
} else if (R.true(!R.true(R.get(c["visit"], "asks")))) {
o += "<p class=\"none\">";
o += R.out(R.f.t("visit.said_nothing"));
o += "</p>";
}
o += "  <dl class=\"facts\">\n";
const items$1 = R.items(R.get(c["visit"], "asks"));
for (let i$2 = 0; i$2 < items$1.length; i$2++) {
const said$3 = items$1[i$2];
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t(R.concat(["word.ask.", R.get(said$3, "ask")])));
o += "</dt><dd class=\"pre wide\">";
o += R.out(R.get(said$3, "text"));
o += "</dd></div>";
}
if (R.true(R.get(c["visit"], "care"))) {
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t("visit.care"));
o += "</dt><dd class=\"wide\">";
o += R.out(R.f.t(R.concat(["word.care.", R.get(c["visit"], "care")])));
o += "</dd></div>";
}
if (R.true(R.get(c["visit"], "follow_up_on"))) {
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t("visit.next"));
o += "</dt><dd class=\"wide\">";
if (R.true(R.same(c["lang"], "en"))) {
o += R.out(R.f.weekday(R.get(c["visit"], "follow_up_on")));
o += " ";
o += R.out(R.f.day(R.get(c["visit"], "follow_up_on")));
} else {
o += R.out(R.f.day(R.get(c["visit"], "follow_up_on")));
o += " ";
o += R.out(R.f.weekday(R.get(c["visit"], "follow_up_on")));
}
o += "</dd></div>";
}
if (R.true(R.get(c["visit"], "who_met"))) {
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t("visit.who_met"));
o += "</dt><dd class=\"pre wide\">";
o += R.out(R.get(c["visit"], "who_met"));
o += "</dd></div>";
}
if (R.true(R.get(c["visit"], "companions"))) {
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t("visit.companions"));
o += "</dt><dd class=\"pre wide\">";
o += R.out(R.f.join(R.get(c["visit"], "companions"), R.f.t("word.and")));
o += "</dd></div>";
}
o += "  </dl>\n</section>\n";
of$0 = R.get(c["visit"], "id");
o += R.page("field/_turns.html", R.with(c, {"of": of$0}), {});
o += "<p><a class=\"rest\" href=\"/field/whistles/new?visit=";
o += R.out(R.get(c["visit"], "id"));
o += "\"><span>";
o += R.out(R.f.t("whistles.of_visit"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a></p>\n";
if (R.true(R.get(c["visit"], "blobs"))) {
o += "<section class=\"block\" aria-labelledby=\"blobs\"><h2 id=\"blobs\"><span>";
o += R.out(R.f.t("visit.blobs"));
o += "</span></h2>\n  <p id=\"blobs-told\" data-live>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["blobs"](R, R.get(c["visit"], "blobs"))));
o += "</p>\n  <ul class=\"shots\">";
const items$5 = R.items(R.get(R.get(c["visit"], "blobs"), "all"));
for (let i$6 = 0; i$6 < items$5.length; i$6++) {
const blob$7 = items$5[i$6];
o += "<li>";
if (R.true(R.same(R.get(blob$7, "kind"), "photo"))) {
o += "<a href=\"/blobs/";
o += R.out(R.get(blob$7, "sha256"));
o += "?visit=";
o += R.out(R.get(c["visit"], "id"));
o += "\"><img src=\"/blobs/";
o += R.out(R.get(blob$7, "sha256"));
o += "?visit=";
o += R.out(R.get(c["visit"], "id"));
o += "&amp;small=1\" alt=\"";
o += R.out(R.f.t("visit.photo_n", { ["n"]: R.get(blob$7, "n") }));
o += "\" loading=\"lazy\"></a>";
} else {
o += "<audio controls preload=\"none\" src=\"/blobs/";
o += R.out(R.get(blob$7, "sha256"));
o += "?visit=";
o += R.out(R.get(c["visit"], "id"));
o += "\" aria-label=\"";
o += R.out(R.f.t("visit.voice_n", { ["n"]: R.get(blob$7, "n") }));
o += "\"></audio>";
if (R.true(R.get(blob$7, "s"))) {
o += "<span class=\"quiet\">";
o += R.out(R.f.t("visit.voice_s", { ["n"]: R.get(blob$7, "s") }));
o += "</span>";
}
}
if (R.true(R.get(blob$7, "refused"))) {
o += "<p class=\"promise\">";
o += R.out(R.f.t(R.concat(["visit.blob_refused.", R.get(blob$7, "refused")])));
o += "</p>";
}
o += "</li>";
}
o += "</ul>\n</section>\n";
}
o += "<section class=\"block\" aria-labelledby=\"when\"><h2 id=\"when\">";
o += R.out(R.f.t("visit.times"));
o += "</h2>\n";
if (R.true(R.and(R.get(c["visit"], "late"), () => !R.true(R.get(c["visit"], "unsent"))))) {
o += "<p class=\"late promise\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-late\"/></svg>";
o += R.out(R.f.dated("visit.late_say", { ["on"]: R.f.day(R.get(c["visit"], "at")), ["came"]: R.f.moment(R.get(c["visit"], "late")) }));
o += "</p>";
}
if (R.true(R.get(c["visit"], "imported"))) {
o += "<p class=\"none\">";
o += R.out(R.f.t("visit.imported_say"));
o += "</p>";
}
o += "  <dl class=\"times\">\n    <dt>";
o += R.out(R.f.t("visit.time.happened"));
o += "</dt><dd>";
o += R.out(R.f.moment(R.get(c["times"], "happened")));
o += "</dd><dd></dd>\n";
if (R.true(R.get(c["times"], "wrote"))) {
o += "<dt>";
o += R.out(R.f.t("visit.time.wrote"));
o += "</dt><dd>";
o += R.out(R.f.moment(R.get(c["times"], "wrote")));
o += "</dd><dd></dd>";
}
if (R.true(R.get(c["times"], "counted"))) {
o += "<dt>";
o += R.out(R.f.t("visit.time.counted"));
o += "</dt><dd>";
o += R.out(R.f.moment(R.get(c["times"], "counted")));
o += "</dd><dd></dd>";
}
if (R.true(R.get(c["times"], "received"))) {
o += "<dt>";
o += R.out(R.f.t("visit.time.received"));
o += "</dt><dd>";
o += R.out(R.f.moment(R.get(c["times"], "received")));
o += "</dd><dd></dd>";
}
o += "  </dl>\n";
if (R.true(!R.true(R.get(c["visit"], "imported")))) {
o += "<div id=\"receipt\" data-live>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["receipts"](R, !R.true(R.get(c["visit"], "unsent")), true, c["kept"], c["proof"])));
o += "</div>";
}
o += "</section>\n";
if (R.true(c["earlier"])) {
o += "<section class=\"block\" aria-labelledby=\"before\"><h2 id=\"before\"><span>";
o += R.out(R.f.t("visit.before"));
o += "</span><span>";
o += R.out(R.f.t("visit.before_n", { ["n"]: c["earlier"] }));
o += "</span></h2>\n";
if (R.true(c["revisions"])) {
o += "  <ol class=\"timeline\">\n";
const items$9 = R.items(c["revisions"]);
for (let i$10 = 0; i$10 < items$9.length; i$10++) {
const old$11 = items$9[i$10];
o += "    <li data-result=\"";
o += R.out(R.get(old$11, "result"));
o += "\"><p class=\"when\">";
if (R.true(R.or(R.get(R.get(old$11, "times"), "wrote"), () => R.get(R.get(old$11, "times"), "received")))) {
o += R.out(R.f.moment(R.or(R.get(R.get(old$11, "times"), "wrote"), () => R.get(R.get(old$11, "times"), "received"))));
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t(R.concat(["word.result.", R.get(old$11, "result")])));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.mode.", R.get(old$11, "mode")])));
o += "</p>\n";
if (R.true(R.get(old$11, "text"))) {
o += "<p class=\"pre\">";
o += R.out(R.get(old$11, "text"));
o += "</p>";
}
const items$13 = R.items(R.get(old$11, "asks"));
for (let i$14 = 0; i$14 < items$13.length; i$14++) {
const said$15 = items$13[i$14];
o += "<p class=\"pre\"><b>";
o += R.out(R.f.t(R.concat(["word.ask.", R.get(said$15, "ask")])));
o += "</b> ";
o += R.out(R.get(said$15, "text"));
o += "</p>";
}
o += "</li>\n";
}
o += "  </ol>\n";
} else {
o += "  <p class=\"none\">";
o += R.out(R.f.t("visit.before_elsewhere"));
o += "</p>\n";
}
o += "</section>\n";
}
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<div class=\"acts\"><a class=\"btn\" href=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "\">";
o += R.out(R.f.t("field.back_home"));
o += "</a>";
if (R.true(c["mine"])) {
o += "<a class=\"btn\" href=\"/field/visits/";
o += R.out(R.get(c["visit"], "id"));
o += "/corrections/new\">";
o += R.out(R.f.t("visit.correct"));
o += "</a>";
}
o += "</div>\n";
return o;
},
},
macros: {
},
},
"field/visit_form.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/photos.js\"></script>";
return o;
},
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t((R.true(c["correcting"]) ? "visit.correct" : "visit.record")));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"";
if (R.true(c["correcting"])) {
o += "/field/visits/";
o += R.out(R.get(c["correcting"], "id"));
} else {
o += "/field/households/";
o += R.out(R.get(c["household"], "id"));
}
o += "\" aria-label=\"";
o += R.out(R.f.t("field.back_home"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
if (R.true(c["correcting"])) {
o += R.out(R.f.t("visit.correct_title"));
} else if (R.true(R.get(c["household"], "name"))) {
o += R.out(R.f.t("visit.record_home", { ["name"]: R.get(c["household"], "name") }));
} else {
o += R.out(R.f.t("visit.record"));
}
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<form class=\"form\" autocomplete=\"off\" id=\"visit\" method=\"post\" enctype=\"multipart/form-data\" action=\"";
if (R.true(c["correcting"])) {
o += "/field/visits/";
o += R.out(R.get(c["correcting"], "id"));
o += "/corrections";
} else {
o += "/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "/visits";
}
o += "\" data-draft=\"";
if (R.true(c["correcting"])) {
o += "correction:";
o += R.out(R.get(c["correcting"], "id"));
} else {
o += "visit:";
o += R.out(R.get(c["household"], "id"));
}
o += "\">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\">";
o += R.page("field/_stands.html", R.with(c, {}), {});
if (R.true(c["correcting"])) {
o += "<input type=\"hidden\" name=\"over\" value=\"";
o += R.out(R.get(c["correcting"], "revision"));
o += "\">";
}
if (R.true(c["correcting"])) {
o += "<p class=\"quiet\">";
o += R.out(R.f.dated("visit.correct_of", { ["on"]: R.f.day(R.get(c["correcting"], "at")) }));
if (R.true(R.same(c["lang"], "en"))) {
o += " ";
}
o += R.out(R.f.t("visit.correct_say"));
o += "</p>";
}
if (R.true(c["errors"])) {
o += "<p class=\"wrong\" role=\"alert\">";
o += R.out(R.f.t("field.error.some", { ["n"]: R.f.length(c["errors"]) }));
o += "</p>";
}
o += "  <fieldset role=\"radiogroup\" aria-required=\"true\"";
if (R.true(R.get(c["errors"], "result"))) {
o += " aria-describedby=\"w-result\"";
}
o += "><legend><span>";
o += R.out(R.f.t("visit.how_at", { ["door"]: R.get(c["household"], "short") }));
o += "</span><output data-draft-line data-text=\"";
o += R.out(R.f.t("visit.draft_kept", { ["clock"]: "{clock}" }));
o += "\" data-text-here=\"";
o += R.out(R.f.t("visit.draft_here", { ["clock"]: "{clock}" }));
o += "\">";
if (R.true(c["draft"])) {
o += R.out(R.f.t("visit.draft_kept", { ["clock"]: R.f.clock(R.get(c["draft"], "at")) }));
}
o += "</output></legend>\n    <div class=\"pick\">";
const items$0 = R.items(c["results"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const result$2 = items$0[i$1];
const loop$3 = R.loop(i$1, items$0);
o += "<label><input type=\"radio\" name=\"result\" value=\"";
o += R.out(result$2);
o += "\"";
if (R.true(R.same(R.get(c["values"], "result"), result$2))) {
o += " checked";
}
if (R.true(R.and(R.same(c["wrong"], "result"), () => loop$3.first))) {
o += " autofocus";
}
o += "><svg class=\"mark";
if (R.true(R.same(result$2, "met"))) {
o += " good";
}
o += "\" aria-hidden=\"true\"><use href=\"#m-";
o += R.out(result$2);
o += "\"/></svg>";
o += R.out(R.f.t(R.concat(["word.result.", result$2])));
o += "</label>";
}
o += "</div>\n";
if (R.true(R.get(c["errors"], "result"))) {
o += "<p class=\"wrong\" id=\"w-result\">";
o += R.out(R.f.t(R.get(c["errors"], "result")));
o += "</p>";
}
o += "</fieldset>\n  <fieldset><legend><span>";
o += R.out(R.f.t("visit.which"));
o += "</span>";
if (R.true(!R.true(c["correcting"]))) {
o += "<span>";
o += R.out(R.f.t("visit.mode_why", { ["weekday"]: R.f.weekday(R.get(c["mode_why"], "on")), ["part"]: R.f.t(R.concat(["word.part.", R.get(c["mode_why"], "part")])), ["mode"]: R.f.t(R.concat(["word.mode.", R.get(c["mode_why"], "mode")])) }));
o += "</span>";
}
o += "</legend>\n    <div class=\"pick four\">";
const items$4 = R.items(c["modes"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const mode$6 = items$4[i$5];
o += "<label><input type=\"radio\" name=\"mode\" value=\"";
o += R.out(mode$6);
o += "\"";
if (R.true(R.same(R.get(c["values"], "mode"), mode$6))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["word.mode.", mode$6])));
o += "</label>";
}
o += "</div></fieldset>\n  <section aria-label=\"";
o += R.out(R.f.t("visit.asks"));
o += "\"><p class=\"label\"><span>";
o += R.out(R.f.t("visit.asks"));
o += "</span><span>";
o += R.out(R.f.t("visit.asks_how"));
o += "</span></p>\n  <div class=\"asks\">\n";
const items$8 = R.items(c["asks"]);
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const ask$10 = items$8[i$9];
o += "    <details";
if (R.true(R.or(R.item(c["values"], ask$10), () => R.item(c["errors"], ask$10)))) {
o += " open";
}
o += "><summary><b>";
o += R.out(R.f.t(R.concat(["word.ask.", ask$10])));
o += "</b><span>";
o += R.out(R.f.t(R.concat(["visit.ask.", ask$10])));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-edit\"/></svg></summary><label class=\"hide\" for=\"ask-";
o += R.out(ask$10);
o += "\">";
o += R.out(R.f.t(R.concat(["word.ask.", ask$10])));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["visit.ask.", ask$10])));
o += "</label><textarea class=\"field\" id=\"ask-";
o += R.out(ask$10);
o += "\" name=\"";
o += R.out(ask$10);
o += "\" rows=\"2\"";
if (R.true(R.item(c["errors"], ask$10))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], ask$10))) {
o += " autofocus";
}
o += " aria-describedby=\"w-";
o += R.out(ask$10);
o += "\"";
}
o += ">\n";
o += R.out(R.item(c["values"], ask$10));
o += "</textarea>";
if (R.true(R.item(c["errors"], ask$10))) {
o += "<p class=\"wrong\" id=\"w-";
o += R.out(ask$10);
o += "\">";
o += R.out(R.f.t(R.item(c["errors"], ask$10)));
o += "</p>";
}
o += "</details>\n";
}
o += "  </div></section>\n  <p><label class=\"label\" for=\"text\"><span>";
o += R.out(R.f.t("visit.words"));
o += "</span></label><textarea class=\"field\" id=\"text\" name=\"text\" rows=\"3\"";
if (R.true(R.get(c["errors"], "text"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "text"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-text\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "text"));
o += "</textarea></p>";
if (R.true(R.get(c["errors"], "text"))) {
o += "<p class=\"wrong\" id=\"w-text\">";
o += R.out(R.f.t(R.get(c["errors"], "text")));
o += "</p>";
}
o += R.page("field/_photos.html", R.with(c, {}), {});
o += "  <p class=\"ticks\"><label><input type=\"checkbox\" name=\"private\" value=\"yes\"";
if (R.true(R.same(R.get(c["values"], "private"), "yes"))) {
o += " checked";
}
o += " aria-describedby=\"private-say\"> ";
o += R.out(R.f.t("visit.private"));
o += "</label></p>\n  <p class=\"quiet\" id=\"private-say\">";
o += R.out(R.f.t((R.true(R.and(c["correcting"], () => R.same(R.get(c["values"], "private"), "yes"))) ? "visit.private_again" : "visit.private_say")));
o += "</p>\n  <fieldset><legend><span>";
o += R.out(R.f.t("visit.care"));
o += "</span></legend><div class=\"pick two\"><label><input type=\"radio\" name=\"care\" value=\"\"";
if (R.true(R.same(R.get(c["values"], "care"), ""))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t("visit.care_none"));
o += "</label>";
const items$12 = R.items(c["cares"]);
for (let i$13 = 0; i$13 < items$12.length; i$13++) {
const care$14 = items$12[i$13];
o += "<label><input type=\"radio\" name=\"care\" value=\"";
o += R.out(care$14);
o += "\"";
if (R.true(R.same(R.get(c["values"], "care"), care$14))) {
o += " checked";
}
o += "><svg class=\"mark";
if (R.true(R.same(care$14, "ok"))) {
o += " good";
} else if (R.true(R.same(care$14, "watch"))) {
o += " care";
} else {
o += " due";
}
o += "\" aria-hidden=\"true\"><use href=\"#m-";
if (R.true(R.same(care$14, "ok"))) {
o += "met";
} else if (R.true(R.same(care$14, "watch"))) {
o += "care";
} else {
o += "due";
}
o += "\"/></svg>";
o += R.out(R.f.t(R.concat(["word.care.", care$14])));
o += "</label>";
}
o += "</div></fieldset>\n  <fieldset";
if (R.true(R.get(c["errors"], "follow_up_on"))) {
o += " aria-describedby=\"w-follow\"";
}
o += "><legend><span>";
o += R.out(R.f.t("visit.next"));
o += "</span></legend><div class=\"pick two\"><label><input type=\"radio\" name=\"follow_up\" value=\"\"";
if (R.true(R.same(R.get(c["values"], "follow_up"), ""))) {
o += " checked";
}
o += ">";
if (R.true(c["promised"])) {
o += R.out(R.f.t("visit.next_keep", { ["on"]: R.f.day(c["promised"]) }));
} else {
o += R.out(R.f.t("visit.next_none"));
}
o += "</label>";
const items$16 = R.items(c["days"]);
for (let i$17 = 0; i$17 < items$16.length; i$17++) {
const d$18 = items$16[i$17];
o += "<label><input type=\"radio\" name=\"follow_up\" value=\"";
o += R.out(R.get(d$18, "on"));
o += "\"";
if (R.true(R.same(R.get(c["values"], "follow_up"), R.get(d$18, "on")))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["visit.next_", R.get(d$18, "near")]), { ["weekday"]: R.f.weekday(R.get(d$18, "on")), ["on"]: R.f.day(R.get(d$18, "on")) }));
o += "</label>";
}
o += "<label><input type=\"radio\" name=\"follow_up\" value=\"pick\"";
if (R.true(c["picked"])) {
o += " checked";
}
o += ">";
o += R.out(R.f.t("visit.next_pick"));
o += "</label></div>\n";
if (R.true(c["promised"])) {
o += "<p class=\"quiet\">";
o += R.out(R.f.t("visit.next_stands", { ["on"]: R.f.day(c["promised"]) }));
o += "</p>";
}
o += "    <p class=\"picked\"><label class=\"label\" for=\"follow_up_on\"><span>";
o += R.out(R.f.t("visit.next_day"));
o += "</span></label><input class=\"field\" type=\"date\" id=\"follow_up_on\" name=\"follow_up_on\" value=\"";
o += R.out(R.get(c["values"], "follow_up_on"));
o += "\"";
if (R.true(!R.true(c["correcting"]))) {
o += " min=\"";
o += R.out(c["today"]);
o += "\"";
}
if (R.true(R.get(c["errors"], "follow_up_on"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "follow_up_on"))) {
o += " autofocus";
}
}
o += "></p>\n";
if (R.true(R.get(c["errors"], "follow_up_on"))) {
o += "<p class=\"wrong\" id=\"w-follow\">";
o += R.out(R.f.t(R.get(c["errors"], "follow_up_on")));
o += "</p>";
}
o += "</fieldset>\n  <div class=\"pair\"><p><label class=\"label\" for=\"who_met\"><span>";
o += R.out(R.f.t("visit.who_met"));
o += "</span></label><input class=\"field\" id=\"who_met\" name=\"who_met\" value=\"";
o += R.out(R.get(c["values"], "who_met"));
o += "\" autocomplete=\"off\"";
if (R.true(R.get(c["errors"], "who_met"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "who_met"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-who_met\"";
}
o += ">";
if (R.true(R.get(c["errors"], "who_met"))) {
o += "<span class=\"wrong\" id=\"w-who_met\">";
o += R.out(R.f.t(R.get(c["errors"], "who_met")));
o += "</span>";
}
o += "</p>\n  <p><label class=\"label\" for=\"companions\"><span>";
o += R.out(R.f.t("visit.companions"));
o += "</span></label><input class=\"field\" id=\"companions\" name=\"companions\" value=\"";
o += R.out(R.get(c["values"], "companions"));
o += "\" autocomplete=\"off\" placeholder=\"";
o += R.out(R.f.t("visit.companions_hint"));
o += "\"";
if (R.true(R.get(c["errors"], "companions"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "companions"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-companions\"";
}
o += ">";
if (R.true(R.get(c["errors"], "companions"))) {
o += "<span class=\"wrong\" id=\"w-companions\">";
o += R.out(R.f.t(R.get(c["errors"], "companions")));
o += "</span>";
}
o += "</p></div>\n  <div class=\"asks\"><details";
if (R.true(R.or(R.get(c["values"], "occurred_at"), () => R.get(c["errors"], "occurred_at")))) {
o += " open";
}
o += "><summary><span>";
o += R.out(R.f.t("visit.when_else"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-edit\"/></svg></summary><p><label class=\"label\" for=\"occurred_at\"><span>";
o += R.out(R.f.t("visit.when"));
o += "</span><span>";
o += R.out(R.f.t((R.true(c["correcting"]) ? "visit.when_keep" : "visit.when_say")));
o += "</span></label><input class=\"field\" type=\"datetime-local\" id=\"occurred_at\" name=\"occurred_at\" value=\"";
o += R.out(R.get(c["values"], "occurred_at"));
o += "\" max=\"";
o += R.out(c["latest"]);
o += "\"";
if (R.true(R.get(c["errors"], "occurred_at"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "occurred_at"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-occurred\"";
}
o += "></p>";
if (R.true(R.get(c["errors"], "occurred_at"))) {
o += "<p class=\"wrong\" id=\"w-occurred\">";
o += R.out(R.f.t(R.get(c["errors"], "occurred_at")));
o += "</p>";
}
o += "</details></div>\n</form>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<div class=\"acts\">";
if (R.true(c["correcting"])) {
o += "<a class=\"btn\" href=\"/field/visits/";
o += R.out(R.get(c["correcting"], "id"));
o += "\" data-draft-end>";
o += R.out(R.f.t("field.leave"));
o += "</a>";
} else {
o += "<button form=\"visit\" name=\"quick\" value=\"no_answer\" class=\"btn\">";
o += R.out(R.f.t("visit.quick.no_answer"));
o += "</button><button form=\"visit\" name=\"quick\" value=\"all_well\" class=\"btn\">";
o += R.out(R.f.t("visit.quick.all_well"));
o += "</button>";
}
o += "<button form=\"visit\" class=\"btn go\">";
o += R.out(R.f.t("visit.save"));
o += "</button></div>\n";
return o;
},
},
macros: {
},
},
"field/whistle.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/photos.js\"></script>";
return o;
},
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("whistles.one"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/whistles\" aria-label=\"";
o += R.out(R.f.t("whistles.back"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.get(c["whistle"], "title"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<p class=\"quiet\">";
if (R.true(c["household"])) {
o += R.out(R.get(R.get(c["household"], "place"), "quarters"));
o += R.out(R.f.t((R.true(R.get(R.get(c["household"], "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(c["household"], "place")));
if (R.true(R.get(c["household"], "name"))) {
o += R.out(R.f.t("word.comma"));
o += "<a href=\"/field/households/";
o += R.out(R.get(c["household"], "id"));
o += "\">";
o += R.out(R.get(c["household"], "name"));
o += "</a>";
}
} else if (R.true(R.get(c["whistle"], "building"))) {
o += R.out(R.get(c["whistle"], "building"));
}
if (R.true(R.get(c["whistle"], "place"))) {
if (R.true(R.or(c["household"], () => R.get(c["whistle"], "building")))) {
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.get(c["whistle"], "place"));
}
o += "</p>\n<div id=\"whistle-state\" data-live><p class=\"tells\"><span class=\"word\">";
o += R.out(R.f.t(R.concat(["whistles.state.", R.get(c["whistle"], "state")])));
o += "</span>";
if (R.true(R.get(c["whistle"], "department"))) {
o += "<span class=\"word\">";
o += R.out(R.get(c["whistle"], "department"));
o += "</span>";
}
if (R.true(R.get(c["whistle"], "rating"))) {
o += "<span class=\"word\">";
o += R.out(R.f.t(R.concat(["whistles.rating.", R.get(c["whistle"], "rating")])));
o += "</span>";
}
if (R.true(R.get(c["whistle"], "unsent"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "</p></div>\n<section class=\"block\" aria-labelledby=\"words\"><h2 id=\"words\"><span>";
o += R.out(R.f.t("whistles.words"));
o += "</span><span>";
if (R.true(R.same(R.get(c["whistle"], "source_of"), "visit"))) {
o += "<a href=\"/field/visits/";
o += R.out(R.get(c["whistle"], "source"));
o += "\">";
o += R.out(R.f.t("items.from_visit"));
o += "</a>";
} else if (R.true(R.same(R.get(c["whistle"], "source_of"), "item"))) {
o += "<a href=\"/field/items/";
o += R.out(R.get(c["whistle"], "source"));
o += "\">";
o += R.out(R.f.t("whistles.from_item"));
o += "</a>";
}
o += "</span></h2>\n";
if (R.true(R.get(c["whistle"], "text"))) {
o += "<p class=\"words pre\">";
o += R.out(R.get(c["whistle"], "text"));
o += "</p>";
}
o += "  <dl class=\"facts\"><div class=\"fact\"><dt>";
o += R.out(R.f.t("whistles.category"));
o += "</dt><dd class=\"wide\">";
o += R.out(R.f.t(R.concat(["whistles.category.", R.or(R.get(c["whistle"], "category"), () => "none")])));
o += "</dd></div><div class=\"fact\"><dt>";
o += R.out(R.f.t("whistles.urgency"));
o += "</dt><dd class=\"wide\">";
o += R.out(R.f.t(R.concat(["whistles.urgency.", R.get(c["whistle"], "urgency")])));
o += "</dd></div>";
if (R.true(R.get(c["whistle"], "first_owner"))) {
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t("whistles.first_owner"));
o += "</dt><dd class=\"wide\">";
o += R.out(R.get(c["whistle"], "first_owner"));
o += "</dd></div>";
}
if (R.true(R.get(c["whistle"], "result"))) {
o += "<div class=\"fact\"><dt>";
o += R.out(R.f.t("whistles.result"));
o += "</dt><dd class=\"pre wide\">";
o += R.out(R.get(c["whistle"], "result"));
o += "</dd></div>";
}
o += "</dl>\n  <p class=\"quiet\">";
o += R.out(R.f.moment(R.get(c["whistle"], "at")));
o += R.out(R.f.t("word.comma"));
o += R.out(R.or(R.get(c["whistle"], "by"), () => R.f.t("whistles.resident")));
o += "</p>\n";
if (R.true(c["shown"])) {
o += "<p id=\"blobs-told\" data-live>";
o += R.out(R.safe(R.T["shared/marks.html"].macros["blobs"](R, c["shown"])));
o += "</p>";
o += R.out(R.safe(R.T["field/_whistles_macros.html"].macros["shots"](R, c["shown"], R.get(c["whistle"], "id"))));
}
o += "</section>\n";
if (R.true(c["steps"])) {
o += "<section class=\"block\" aria-labelledby=\"next-step\"><h2 id=\"next-step\">";
o += R.out(R.f.t("whistles.next"));
o += "</h2>\n<form class=\"form\" autocomplete=\"off\" id=\"moves\" method=\"post\" enctype=\"multipart/form-data\" action=\"/field/whistles/";
o += R.out(R.get(c["whistle"], "id"));
o += "/moves\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"step\" value=\"";
o += R.out(R.get(c["whistle"], "step"));
o += "\">\n";
if (R.true(c["rates"])) {
o += "<fieldset><legend><span>";
o += R.out(R.f.t("whistles.rate"));
o += "</span></legend><div class=\"pick\">";
const items$0 = R.items(["satisfied", "basic", "not"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const rating$2 = items$0[i$1];
o += "<label><input type=\"radio\" name=\"rating\" value=\"";
o += R.out(rating$2);
o += "\">";
o += R.out(R.f.t(R.concat(["whistles.rating.", rating$2])));
o += "</label>";
}
o += "</div></fieldset>";
}
o += "  <p><label class=\"label\" for=\"note\"><span>";
o += R.out(R.f.t("whistles.note"));
o += "</span></label><textarea class=\"field\" id=\"note\" name=\"note\" rows=\"2\"";
if (R.true(R.get(c["errors"], "note"))) {
o += " aria-invalid=\"true\" autofocus aria-describedby=\"w-note\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "note"));
o += "</textarea>";
if (R.true(R.get(c["errors"], "note"))) {
o += "<span class=\"wrong\" id=\"w-note\" role=\"alert\">";
o += R.out(R.f.t(R.get(c["errors"], "note")));
o += "</span>";
}
o += "</p>\n";
o += R.page("field/_photos.html", R.with(c, {}), {});
o += "  <p class=\"turn\">";
const items$4 = R.items(c["steps"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const to$6 = items$4[i$5];
o += "<button class=\"btn";
if (R.true(R.same(to$6, "withdrawn"))) {
o += " plain";
}
o += "\" name=\"to\" value=\"";
o += R.out(to$6);
o += "\">";
o += R.out(R.f.t(R.concat(["whistles.step.", to$6])));
o += "</button>";
}
o += "<button class=\"btn plain\" formaction=\"/field/whistles/";
o += R.out(R.get(c["whistle"], "id"));
o += "/tellings\">";
o += R.out(R.f.t("whistles.tell"));
o += "</button></p>\n</form></section>\n";
} else {
o += "<section class=\"block\" aria-labelledby=\"tell\"><h2 id=\"tell\">";
o += R.out(R.f.t("whistles.tell_more"));
o += "</h2>\n<form class=\"form\" autocomplete=\"off\" id=\"telling\" method=\"post\" enctype=\"multipart/form-data\" action=\"/field/whistles/";
o += R.out(R.get(c["whistle"], "id"));
o += "/tellings\"><input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\">\n  <p><label class=\"label\" for=\"note\"><span>";
o += R.out(R.f.t("whistles.note"));
o += "</span></label><textarea class=\"field\" id=\"note\" name=\"note\" rows=\"2\">\n";
o += R.out(R.get(c["values"], "note"));
o += "</textarea></p>\n";
o += R.page("field/_photos.html", R.with(c, {}), {});
o += "  <p class=\"turn\"><button class=\"btn\">";
o += R.out(R.f.t("whistles.tell"));
o += "</button></p>\n</form></section>\n";
}
o += "<section class=\"block\" aria-labelledby=\"story\"><h2 id=\"story\">";
o += R.out(R.f.t("whistles.story"));
o += "</h2>\n  <ol class=\"timeline\" id=\"trail\" data-live>";
const items$8 = R.items(c["story"]);
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const one$10 = items$8[i$9];
o += "<li><p class=\"when\"><span><time datetime=\"";
o += R.out(R.get(one$10, "at"));
o += "\">";
o += R.out(R.f.moment(R.get(one$10, "at")));
o += "</time>";
o += R.out(R.f.t("word.comma"));
o += R.out(R.or(R.get(one$10, "by"), () => R.f.t("whistles.resident")));
o += "</span></p><p>";
o += R.out(R.f.t((R.true(R.get(one$10, "to")) ? R.concat(["whistles.state.", R.get(one$10, "to")]) : "whistles.told")));
if (R.true(R.get(one$10, "department"))) {
o += R.out(R.f.t("word.colon"));
o += R.out(R.get(one$10, "department"));
}
if (R.true(R.get(one$10, "rating"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["whistles.rating.", R.get(one$10, "rating")])));
}
if (R.true(R.get(one$10, "why"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["whistles.why.", R.get(one$10, "why")])));
}
o += "</p>";
if (R.true(R.get(one$10, "note"))) {
o += "<p class=\"pre\">";
o += R.out(R.get(one$10, "note"));
o += "</p>";
}
if (R.true(R.get(one$10, "blobs"))) {
o += R.out(R.safe(R.T["field/_whistles_macros.html"].macros["shots"](R, R.get(one$10, "blobs"), R.get(c["whistle"], "id"))));
}
o += "</li>";
}
o += "<li><p class=\"when\"><span><time datetime=\"";
o += R.out(R.get(c["whistle"], "at"));
o += "\">";
o += R.out(R.f.moment(R.get(c["whistle"], "at")));
o += "</time>";
o += R.out(R.f.t("word.comma"));
o += R.out(R.or(R.get(c["whistle"], "by"), () => R.f.t("whistles.resident")));
o += "</span></p><p>";
o += R.out(R.f.t("whistles.state.reported"));
o += "</p></li></ol>\n</section>\n";
return o;
},
},
macros: {
},
},
"field/whistle_form.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"scripts"(c, b, R, up) {
let o = "";
o += "<script type=\"module\" src=\"/static/page/photos.js\"></script>";
return o;
},
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("whistles.new"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"";
if (R.true(c["household"])) {
o += "/field/households/";
o += R.out(R.get(c["household"], "id"));
} else {
o += "/field/whistles";
}
o += "\" aria-label=\"";
o += R.out(R.f.t((R.true(c["household"]) ? "field.back_home" : "whistles.back")));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("whistles.new"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(c["household"])) {
o += "<p class=\"quiet\">";
o += R.out(R.get(R.get(c["household"], "place"), "quarters"));
o += R.out(R.f.t((R.true(R.get(R.get(c["household"], "place"), "entrance")) ? "word.address" : "word.address_plain"), R.get(c["household"], "place")));
if (R.true(R.get(c["household"], "name"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(c["household"], "name"));
}
o += "</p>";
}
if (R.true(c["alike"])) {
o += "<section class=\"block\" aria-labelledby=\"alike\"><h2 id=\"alike\">";
o += R.out(R.f.t("whistles.alike"));
o += "</h2>";
const items$0 = R.items(c["alike"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += R.out(R.safe(R.T["field/_whistles_macros.html"].macros["whistle_line"](R, one$2)));
}
o += "</section>";
}
o += "<form class=\"form\" autocomplete=\"off\" id=\"whistle\" method=\"post\" enctype=\"multipart/form-data\" action=\"/field/whistles\" data-draft=\"whistle:";
if (R.true(c["source"])) {
o += R.out(c["source"]);
} else if (R.true(c["household"])) {
o += R.out(R.get(c["household"], "id"));
}
o += "\">\n  <input type=\"hidden\" name=\"id\" value=\"";
o += R.out(c["new_id"]);
o += "\"><input type=\"hidden\" name=\"grid\" value=\"";
o += R.out(c["grid"]);
o += "\">";
if (R.true(c["household"])) {
o += "<input type=\"hidden\" name=\"at_home\" value=\"";
o += R.out(R.get(c["household"], "id"));
o += "\">";
}
if (R.true(c["source"])) {
o += "<input type=\"hidden\" name=\"source_of\" value=\"";
o += R.out(c["source_of"]);
o += "\"><input type=\"hidden\" name=\"source\" value=\"";
o += R.out(c["source"]);
o += "\">";
}
o += "  <p><label class=\"label\" for=\"text\"><span>";
o += R.out(R.f.t("whistles.what"));
o += "</span><output data-draft-line data-text=\"";
o += R.out(R.f.t("visit.draft_kept", { ["clock"]: "{clock}" }));
o += "\" data-text-here=\"";
o += R.out(R.f.t("visit.draft_here", { ["clock"]: "{clock}" }));
o += "\"></output></label><textarea class=\"field\" id=\"text\" name=\"text\" rows=\"4\"";
if (R.true(R.get(c["errors"], "text"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "text"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-text\"";
}
o += ">\n";
o += R.out(R.get(c["values"], "text"));
o += "</textarea>";
if (R.true(R.get(c["errors"], "text"))) {
o += "<span class=\"wrong\" id=\"w-text\" role=\"alert\">";
o += R.out(R.f.t(R.get(c["errors"], "text")));
o += "</span>";
}
o += "</p>\n";
o += R.page("field/_photos.html", R.with(c, {}), {});
if (R.true(c["places"])) {
o += "<p><label class=\"label\" for=\"building\"><span>";
o += R.out(R.f.t("whistles.building"));
o += "</span></label><select class=\"field\" id=\"building\" name=\"building\"><option value=\"\">";
o += R.out(R.f.t("whistles.building_none"));
o += "</option>";
const items$4 = R.items(c["places"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const one$6 = items$4[i$5];
o += "<option value=\"";
o += R.out(R.get(one$6, "id"));
o += "\"";
if (R.true(R.same(R.get(c["values"], "building"), R.get(one$6, "id")))) {
o += " selected";
}
o += ">";
o += R.out(R.get(one$6, "name"));
o += "</option>";
}
o += "</select></p>";
}
o += "  <p><label class=\"label\" for=\"place\"><span>";
o += R.out(R.f.t("whistles.place"));
o += "</span><span>";
o += R.out(R.f.t("whistles.place_how"));
o += "</span></label><input class=\"field\" id=\"place\" name=\"place\" value=\"";
o += R.out(R.get(c["values"], "place"));
o += "\" autocomplete=\"off\"";
if (R.true(R.get(c["errors"], "place"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "place"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-place\"";
}
o += ">";
if (R.true(R.get(c["errors"], "place"))) {
o += "<span class=\"wrong\" id=\"w-place\">";
o += R.out(R.f.t(R.get(c["errors"], "place")));
o += "</span>";
}
o += "</p>\n  <p><label class=\"label\" for=\"category\"><span>";
o += R.out(R.f.t("whistles.category"));
o += "</span></label><select class=\"field\" id=\"category\" name=\"category\"><option value=\"\">";
o += R.out(R.f.t("whistles.category.none"));
o += "</option>";
const items$8 = R.items(c["categories"]);
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const one$10 = items$8[i$9];
o += "<option value=\"";
o += R.out(R.get(one$10, "code"));
o += "\"";
if (R.true(R.same(R.get(c["values"], "category"), R.get(one$10, "code")))) {
o += " selected";
}
o += ">";
o += R.out(R.f.t(R.concat(["whistles.category.", R.get(one$10, "key")])));
o += "</option>";
}
o += "</select></p>\n  <fieldset><legend><span>";
o += R.out(R.f.t("whistles.urgency"));
o += "</span></legend><div class=\"pick two\">";
const items$12 = R.items(c["urgencies"]);
for (let i$13 = 0; i$13 < items$12.length; i$13++) {
const one$14 = items$12[i$13];
o += "<label><input type=\"radio\" name=\"urgency\" value=\"";
o += R.out(one$14);
o += "\"";
if (R.true(R.same(R.get(c["values"], "urgency"), one$14))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t(R.concat(["whistles.urgency.", one$14])));
o += "</label>";
}
o += "</div><p class=\"quiet\">";
o += R.out(R.f.t("whistles.danger"));
o += "</p></fieldset>\n";
if (R.true(c["household"])) {
o += "<fieldset><legend><span>";
o += R.out(R.f.t("whistles.consent"));
o += "</span></legend><div class=\"pick two\"><label><input type=\"checkbox\" name=\"consent\" value=\"yes\"";
if (R.true(R.same(R.get(c["values"], "consent"), "yes"))) {
o += " checked";
}
o += ">";
o += R.out(R.f.t("whistles.consent_yes"));
o += "</label></div></fieldset>";
}
o += "  <p><label class=\"label\" for=\"title\"><span>";
o += R.out(R.f.t("whistles.name"));
o += "</span><span>";
o += R.out(R.f.t("whistles.name_how"));
o += "</span></label><input class=\"field\" id=\"title\" name=\"title\" value=\"";
o += R.out(R.get(c["values"], "title"));
o += "\" maxlength=\"30\" autocomplete=\"off\"";
if (R.true(R.get(c["errors"], "title"))) {
o += " aria-invalid=\"true\"";
if (R.true(R.same(c["wrong"], "title"))) {
o += " autofocus";
}
o += " aria-describedby=\"w-title\"";
}
o += ">";
if (R.true(R.get(c["errors"], "title"))) {
o += "<span class=\"wrong\" id=\"w-title\">";
o += R.out(R.f.t(R.get(c["errors"], "title")));
o += "</span>";
}
o += "</p>\n</form>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<div class=\"acts\"><a class=\"btn\" href=\"";
if (R.true(c["household"])) {
o += "/field/households/";
o += R.out(R.get(c["household"], "id"));
} else {
o += "/field/whistles";
}
o += "\" data-draft-end>";
o += R.out(R.f.t("field.easier.leave"));
o += "</a><button form=\"whistle\" class=\"btn go\">";
o += R.out(R.f.t("whistles.blow"));
o += "</button></div>\n";
return o;
},
},
macros: {
},
},
"field/whistles.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
o += R.out(R.f.t("whistles.title"));
return o;
},
"top"(c, b, R, up) {
let o = "";
o += "<a class=\"icon-btn back\" href=\"/field/\" aria-label=\"";
o += R.out(R.f.t("field.back_today"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-back\"/></svg></a><h1>";
o += R.out(R.f.t("whistles.title"));
o += "</h1>";
return o;
},
"main"(c, b, R, up) {
let o = "";
o += "<div id=\"whistles\" data-live=\"still\">\n";
if (R.true(R.and(R.and(!R.true(c["waiting"]), () => !R.true(c["open"])), () => !R.true(c["over"])))) {
o += "<p class=\"say\">";
o += R.out(R.f.t("whistles.none"));
o += "</p>";
}
if (R.true(c["waiting"])) {
o += "<section class=\"block\" aria-labelledby=\"waiting\"><h2 id=\"waiting\"><span>";
o += R.out(R.f.t("whistles.waiting"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(c["waiting"])));
o += "</span></h2>";
const items$0 = R.items(c["waiting"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const one$2 = items$0[i$1];
o += R.out(R.safe(R.T["field/_whistles_macros.html"].macros["whistle_line"](R, one$2)));
}
o += "</section>";
}
if (R.true(c["open"])) {
o += "<section class=\"block\" aria-labelledby=\"open\"><h2 id=\"open\"><span>";
o += R.out(R.f.t("whistles.open"));
o += "</span><span>";
o += R.out(R.f.num(R.f.length(c["open"])));
o += "</span></h2>";
const items$4 = R.items(c["open"]);
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const one$6 = items$4[i$5];
o += R.out(R.safe(R.T["field/_whistles_macros.html"].macros["whistle_line"](R, one$6)));
}
o += "</section>";
}
if (R.true(c["over"])) {
o += "<section class=\"block\" aria-labelledby=\"over\"><h2 id=\"over\"><span>";
o += R.out(R.f.t("whistles.over"));
o += "</span></h2>";
const items$8 = R.items(c["over"]);
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const one$10 = items$8[i$9];
o += R.out(R.safe(R.T["field/_whistles_macros.html"].macros["whistle_line"](R, one$10)));
}
o += "</section>";
}
o += "</div>\n";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<div class=\"acts\"><a class=\"btn go\" href=\"/field/whistles/new\">";
o += R.out(R.f.t("whistles.new"));
o += "</a></div>\n";
return o;
},
},
macros: {
},
},
"shared/_arriving.html": {
main(c, b, R) {
let o = "";
o += "<div id=\"arriving\" data-live role=\"status\">\n";
if (R.true(c["arriving"])) {
o += "<div class=\"arriving\">\n  <p>";
o += R.out(R.f.t("field.arriving.part", { ["n"]: R.get(c["arriving"], "total"), ["done"]: R.get(c["arriving"], "done") }));
o += "</p>\n  <progress value=\"";
o += R.out(R.get(c["arriving"], "done"));
o += "\" max=\"";
o += R.out(R.get(c["arriving"], "total"));
o += "\" aria-label=\"";
o += R.out(R.f.t("field.arriving.bar"));
o += "\"></progress>\n</div>\n";
}
o += "</div>";
return o;
},
blocks: {
},
macros: {
},
},
"shared/_head.html": {
main(c, b, R) {
let o = "";
o += "<!doctype html>\n<html lang=\"";
o += R.out(R.f.t("word.html_lang"));
o += "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"htmx-config\" content='{\"includeIndicatorCSS\": false}'>\n<link rel=\"icon\" href=\"/static/icons/icon.svg\" type=\"image/svg+xml\">\n<link rel=\"manifest\" href=\"/manifest.webmanifest\">\n<link rel=\"stylesheet\" href=\"/static/css/phone.css\">\n<script src=\"/static/vendor/htmx.min.js\" defer></script>\n<script src=\"/static/page/trusted.js\" defer></script>\n<script type=\"module\" src=\"/static/page/app.js\"></script>\n<script type=\"module\" src=\"/static/page/looks_like_id.js\"></script>";
return o;
},
blocks: {
},
macros: {
},
},
"shared/_keeping.html": {
main(c, b, R) {
let o = "";
o += "<div class=\"arriving\" id=\"keeping\" role=\"status\" hidden>\n  <div data-step=\"fetch\"><p>";
o += R.out(R.f.t("phone.keeping.fetch"));
o += "</p><progress max=\"1\" value=\"0\" aria-label=\"";
o += R.out(R.f.t("field.arriving.bar"));
o += "\"></progress></div>\n  <p data-step=\"waiting\" hidden>";
o += R.out(R.f.t("phone.keeping.waiting"));
o += "</p>\n  <p data-step=\"plain\" hidden>";
o += R.out(R.f.t("phone.keeping.plain"));
o += "</p>\n  <p data-step=\"done\" hidden>";
o += R.out(R.f.t("phone.keeping.done"));
o += "</p>\n</div>";
return o;
},
blocks: {
},
macros: {
},
},
"shared/_outgoing.html": {
main(c, b, R) {
let o = "";
if (R.true(R.get(c["outgoing"], "count"))) {
o += "<a class=\"outgoing\" id=\"outgoing\" data-live href=\"/field/outbox\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-unsent\"/></svg><span>";
if (R.true(R.get(c["outgoing"], "today"))) {
o += R.out(R.f.t("field.outgoing.today", { ["n"]: R.get(c["outgoing"], "count"), ["at"]: R.f.clock(R.get(c["outgoing"], "oldest")) }));
} else {
o += R.out(R.f.dated("field.outgoing.before", { ["n"]: R.get(c["outgoing"], "count"), ["at"]: R.f.day(R.get(c["outgoing"], "oldest")) }));
}
o += "</span></a>\n";
} else {
o += "<a class=\"outgoing none\" id=\"outgoing\" data-live href=\"/field/outbox\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-sent\"/></svg><span>";
o += R.out(R.f.t("field.outgoing.none"));
o += "</span></a>\n";
}
return o;
},
blocks: {
},
macros: {
},
},
"shared/_sprite.html": {
main(c, b, R) {
let o = "";
o += "<svg hidden>\n  <symbol id=\"i-up\" viewBox=\"0 0 24 24\"><path d=\"M12 19V5M6 11l6-6 6 6\"/></symbol>\n  <symbol id=\"i-next\" viewBox=\"0 0 24 24\"><path d=\"M9 5l7 7-7 7\"/></symbol>\n  <symbol id=\"i-back\" viewBox=\"0 0 24 24\"><path d=\"M15 5l-7 7 7 7\"/></symbol>\n  <symbol id=\"i-today\" viewBox=\"0 0 24 24\"><path d=\"M5 6h14v14H5zM5 10h14M9 3v4M15 3v4\"/></symbol>\n  <symbol id=\"i-doors\" viewBox=\"0 0 24 24\"><path d=\"M4 20V5h16v15M3 20h18M8 9h2M14 9h2M8 13h2M14 13h2M10 20v-3h4v3\"/></symbol>\n  <symbol id=\"i-more\" viewBox=\"0 0 24 24\"><path d=\"M4 7h16M4 12h16M4 17h16\"/></symbol>\n  <symbol id=\"i-visit\" viewBox=\"0 0 24 24\"><path d=\"M6 21V4h12v17M3 21h18M14.5 12v1.5\"/></symbol>\n  <symbol id=\"i-lock\" viewBox=\"0 0 24 24\"><path d=\"M6 11h12v8.5H6zM8.75 11V8.25a3.25 3.25 0 0 1 6.5 0V11\"/></symbol>\n  <symbol id=\"i-find\" viewBox=\"0 0 24 24\"><circle cx=\"11\" cy=\"11\" r=\"6\"/><path d=\"M20 20l-4.5-4.5\"/></symbol>\n  <symbol id=\"i-edit\" viewBox=\"0 0 24 24\"><path d=\"M5 19l1-4L16 5l3 3L9 18z\"/></symbol>\n  <symbol id=\"i-add\" viewBox=\"0 0 24 24\"><path d=\"M12 5v14M5 12h14\"/></symbol>\n  <symbol id=\"i-call\" viewBox=\"0 0 24 24\"><path d=\"M6 3h4l1.5 5L9 10a12 12 0 0 0 5 5l2-2.5 5 1.5v4c0 2-2 3-4 2.5C10 19 5 14 3.5 7 3 5 4 3 6 3z\"/></symbol>\n  <symbol id=\"i-down\" viewBox=\"0 0 24 24\"><path d=\"M12 4v12M6 11l6 6 6-6M5 20h14\"/></symbol>\n  <symbol id=\"i-photo\" viewBox=\"0 0 24 24\"><path d=\"M4 8h4l1.5-3h5L16 8h4v11H4z\"/><circle cx=\"12\" cy=\"13\" r=\"3.5\"/></symbol>\n  <symbol id=\"i-voice\" viewBox=\"0 0 24 24\"><path d=\"M9 4h6v9H9zM5 11a7 7 0 0 0 14 0M12 18v3\"/></symbol>\n";
const items$0 = R.items(["due", "promise", "care", "differ", "unsent", "late", "sent", "met", "no_answer", "inconvenient", "refused", "vacant", "moved"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const name$2 = items$0[i$1];
o += "<symbol id=\"m-";
o += R.out(name$2);
o += "\" viewBox=\"0 0 12 12\">";
o += R.out(R.safe(R.T["shared/marks.html"].macros["shape"](R, name$2)));
o += "</symbol>";
}
o += "  <symbol id=\"rc-yes\" viewBox=\"0 0 18 18\"><circle cx=\"9\" cy=\"9\" r=\"7.5\"/><path class=\"tick\" d=\"M5.5 9.3L8 11.8l4.5-5\"/></symbol>\n  <symbol id=\"rc-no\" viewBox=\"0 0 18 18\"><circle cx=\"9\" cy=\"9\" r=\"7\"/></symbol>\n</svg>";
return o;
},
blocks: {
},
macros: {
},
},
"shared/besides.html": {
main(c, b, R) {
let o = "";
o += "\n";
o += "\n";
o += "\n";
o += "\n";
return o;
},
blocks: {
},
macros: {
"door"(R, d$0) {
let o = "";
if (R.true(R.get(d$0, "place"))) {
if (R.true(R.get(d$0, "name"))) {
o += "<bdi>";
o += R.out(R.get(d$0, "name"));
o += "</bdi>";
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.get(d$0, "door"));
} else {
o += R.out(R.f.t("log.somewhere"));
}
return o;
},
"marks"(R, d$0) {
let o = "";
if (R.true(R.get(d$0, "late"))) {
o += " ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "late", R.f.t("log.late"))));
}
if (R.true(R.get(d$0, "unsent"))) {
o += " ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
return o;
},
"did"(R, d$0) {
let o = "";
if (R.true(R.same(R.get(d$0, "what"), "raised"))) {
o += R.out(R.f.t("log.item_raised"));
} else if (R.true(R.same(R.get(d$0, "what"), "told"))) {
o += R.out(R.f.t("items.told"));
} else if (R.true(R.same(R.get(d$0, "what"), "rated"))) {
o += R.out(R.f.t(R.concat(["items.rating.", R.get(d$0, "to")])));
} else {
o += R.out(R.f.t(R.concat(["items.state.", R.get(d$0, "to")])));
}
return o;
},
"answered"(R, one$0) {
let o = "";
o += R.out(R.f.t("log.order_doors", { ["n"]: R.f.length(R.get(one$0, "doors")) }));
return o;
},
},
},
"shared/doors.html": {
main(c, b, R) {
let o = "";
o += "\n";
o += "\n";
o += "\n";
o += "\n";
return o;
},
blocks: {
},
macros: {
"face"(R, d$0) {
let o = "";
o += "<span class=\"door\" data-age=\"";
o += R.out(R.get(d$0, "age"));
o += "\"";
if (R.true(R.get(d$0, "long"))) {
o += " data-long";
}
o += "><span>";
o += R.out(R.or(R.get(d$0, "brief"), () => "–"));
o += "</span><small>";
o += R.out(R.f.t(R.concat(["word.age.", R.get(d$0, "label")]), { ["n"]: R.get(d$0, "days") }));
o += "</small></span>";
return o;
},
"door"(R, d$0, base$1, stair$2) {
let o = "";
o += "<a class=\"door\"";
if (R.true(stair$2)) {
o += " aria-describedby=\"";
o += R.out(stair$2);
o += "\"";
}
o += " data-age=\"";
o += R.out(R.get(d$0, "age"));
o += "\" data-door=\"";
o += R.out(R.get(d$0, "id"));
o += "\"";
if (R.true(R.get(d$0, "long"))) {
o += " data-long";
}
if (R.true(R.get(d$0, "dim"))) {
o += " data-dim";
}
o += " href=\"";
o += R.out(R.or(base$1, () => "/field/households/"));
o += R.out(R.get(d$0, "id"));
o += "\" aria-label=\"";
o += R.out(R.or(R.get(d$0, "room"), () => "–"));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.said.", R.get(d$0, "label")]), { ["n"]: R.get(d$0, "days") }));
const items$3 = R.items(R.get(d$0, "says"));
for (let i$4 = 0; i$4 < items$3.length; i$4++) {
const each$5 = items$3[i$4];
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.mark.", each$5])));
}
if (R.true(R.get(d$0, "knock"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("word.mark.knock"));
}
o += "\">";
if (R.true(R.get(d$0, "knock"))) {
o += "<svg class=\"mark knock\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">";
o += R.out(R.safe(R.T["shared/marks.html"].macros["shape"](R, "no_answer")));
o += "</svg>";
}
if (R.true(R.get(d$0, "marks"))) {
o += "<span class=\"marks\">";
const items$7 = R.items(R.get(d$0, "marks"));
for (let i$8 = 0; i$8 < items$7.length; i$8++) {
const each$9 = items$7[i$8];
o += R.out(R.safe(R.T["shared/marks.html"].macros["mark"](R, each$9)));
}
o += "</span>";
}
o += "<span>";
o += R.out(R.or(R.get(d$0, "brief"), () => "–"));
o += "</span><small>";
o += R.out(R.f.t(R.concat(["word.age.", R.get(d$0, "label")]), { ["n"]: R.get(d$0, "days") }));
o += "</small></a>";
return o;
},
"mini"(R, m$0) {
let o = "";
o += "<svg class=\"mini\" width=\"";
o += R.out(R.get(m$0, "w"));
o += "\" height=\"";
o += R.out(R.get(m$0, "h"));
o += "\" viewBox=\"";
o += R.out(R.get(m$0, "box"));
o += "\" aria-hidden=\"true\"><path d=\"";
o += R.out(R.get(m$0, "a1"));
o += "\"/><path class=\"shell\" d=\"";
o += R.out(R.get(m$0, "shell"));
o += "\"/><path class=\"a2\" d=\"";
o += R.out(R.get(m$0, "a2"));
o += "\"/><path class=\"a3\" d=\"";
o += R.out(R.get(m$0, "a3"));
o += "\"/><path class=\"a4\" d=\"";
o += R.out(R.get(m$0, "a4"));
o += "\"/><path class=\"a0\" d=\"";
o += R.out(R.get(m$0, "a0"));
o += "\"/></svg>";
return o;
},
},
},
"shared/marks.html": {
main(c, b, R) {
let o = "";
o += "\n";
o += "\n";
o += "\n";
o += "\n";
o += "\n";
o += "\n";
return o;
},
blocks: {
},
macros: {
"icon"(R, name$0) {
let o = "";
o += "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-";
o += R.out(name$0);
o += "\"/></svg>";
return o;
},
"shape"(R, name$0) {
let o = "";
if (R.true(R.same(name$0, "due"))) {
o += "<path d=\"M6 1.5l5 9H1z\" fill=\"currentColor\"/>";
} else if (R.true(R.same(name$0, "promise"))) {
o += "<circle cx=\"6\" cy=\"6\" r=\"4.7\"/><path d=\"M6 3.5V6l2 1.2\"/>";
} else if (R.true(R.same(name$0, "care"))) {
o += "<path d=\"M6 10.5C-1 5.5 2.5 0 6 3.2 9.5 0 13 5.5 6 10.5z\" fill=\"currentColor\" stroke-width=\"1\"/>";
} else if (R.true(R.same(name$0, "differ"))) {
o += "<path d=\"M2 4.2h8M2 7.8h8M8 1.5l-4 9\"/>";
} else if (R.true(R.same(name$0, "unsent"))) {
o += "<path d=\"M6 11V1.5M2 5.5l4-4 4 4\"/>";
} else if (R.true(R.same(name$0, "late"))) {
o += "<path d=\"M2.5 6a3.7 3.7 0 1 1 1.2 2.7M1 4.6L2.5 6.2 4 4.6\"/>";
} else if (R.true(R.same(name$0, "sent"))) {
o += "<path d=\"M2 6.5L4.8 9.2 10 3.2\"/>";
} else if (R.true(R.same(name$0, "met"))) {
o += "<circle cx=\"6\" cy=\"6\" r=\"4.5\" fill=\"currentColor\"/>";
} else if (R.true(R.same(name$0, "no_answer"))) {
o += "<circle cx=\"6\" cy=\"6\" r=\"4.5\"/>";
} else if (R.true(R.same(name$0, "inconvenient"))) {
o += "<circle cx=\"6\" cy=\"6\" r=\"4.5\"/><path d=\"M6 1.5a4.5 4.5 0 0 1 0 9z\" fill=\"currentColor\"/>";
} else if (R.true(R.same(name$0, "refused"))) {
o += "<path d=\"M2 2l8 8M10 2l-8 8\"/>";
} else if (R.true(R.same(name$0, "vacant"))) {
o += "<path d=\"M2 2h8v8H2z\"/>";
} else if (R.true(R.same(name$0, "moved"))) {
o += "<path d=\"M1.5 6h8M6.5 2.5L10 6l-3.5 3.5\"/>";
}
return o;
},
"mark"(R, name$0) {
let o = "";
o += "<svg class=\"mark ";
o += R.out(name$0);
o += "\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">";
o += R.out(R.safe(R.T["shared/marks.html"].macros["shape"](R, name$0)));
o += "</svg>";
return o;
},
"word"(R, name$0, text$1) {
let o = "";
o += "<span class=\"word ";
o += R.out(name$0);
o += "\"><svg class=\"mark\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">";
o += R.out(R.safe(R.T["shared/marks.html"].macros["shape"](R, name$0)));
o += "</svg>";
o += R.out(text$1);
o += "</span>";
return o;
},
"result"(R, name$0) {
let o = "";
o += "<span class=\"word";
if (R.true(R.same(name$0, "met"))) {
o += " good";
}
o += "\"><svg class=\"mark\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">";
o += R.out(R.safe(R.T["shared/marks.html"].macros["shape"](R, name$0)));
o += "</svg>";
o += R.out(R.f.t(R.concat(["word.result.", name$0])));
o += "</span>";
return o;
},
"receipts"(R, sent$0, slim$1, kept$2, proof$3) {
let o = "";
o += "<ol class=\"receipts";
if (R.true(slim$1)) {
o += " slim";
}
o += "\">\n";
if (R.true(kept$2)) {
o += "<li class=\"got\"><svg aria-hidden=\"true\"><use href=\"#rc-yes\"/></svg>";
o += R.out(R.f.t("word.receipt.phone"));
o += "</li>";
}
if (R.true(sent$0)) {
o += "  <li class=\"got\"><svg aria-hidden=\"true\"><use href=\"#rc-yes\"/></svg>";
o += R.out(R.f.t("word.receipt.server"));
o += "</li>\n";
} else {
o += "  <li><svg aria-hidden=\"true\"><use href=\"#rc-no\"/></svg>";
o += R.out(R.f.t("word.receipt.server_wait"));
o += "</li>\n";
}
if (R.true(R.same(proof$3, "yes"))) {
o += "  <li class=\"got\"><svg aria-hidden=\"true\"><use href=\"#rc-yes\"/></svg>";
o += R.out(R.f.t("word.receipt.proved"));
o += "</li>\n";
} else if (R.true(proof$3)) {
o += "  <li><svg aria-hidden=\"true\"><use href=\"#rc-no\"/></svg>";
o += R.out(R.f.t("word.receipt.proved_wait"));
o += "</li>\n";
}
o += "</ol>\n";
return o;
},
"blobs"(R, told$0) {
let o = "";
o += "<span class=\"word blobs\">";
const items$1 = R.items(R.get(told$0, "sorts"));
for (let i$2 = 0; i$2 < items$1.length; i$2++) {
const sort$3 = items$1[i$2];
const loop$4 = R.loop(i$2, items$1);
if (R.true(!R.true(loop$4.first))) {
o += R.out(R.f.t("visit.blobs_and"));
}
o += R.out(R.f.t(R.concat(["visit.", R.get(sort$3, "kind"), "s"]), { ["n"]: R.get(sort$3, "n") }));
if (R.true(!R.true(R.get(sort$3, "arrived")))) {
o += R.out(R.f.t("word.comma"));
if (R.true(R.get(sort$3, "there"))) {
o += R.out(R.f.t(R.concat(["visit.", R.get(sort$3, "kind"), "s_there"]), { ["n"]: R.get(sort$3, "there") }));
} else {
o += R.out(R.f.t("visit.blobs_none_there"));
}
}
}
o += "</span>";
return o;
},
},
},
"shared/phone.html": {
main(c, b, R) {
let o = "";
o += R.page("shared/_head.html", R.with(c, {}), {});
o += "<title>";
o += b["title"](c, b, R);
o += " · ";
o += R.out(R.f.t("word.app"));
o += "</title>\n";
o += b["scripts"](c, b, R);
o += "</head>\n<body";
if (R.true(c["phone"])) {
o += " data-phone=\"";
o += R.out(c["phone"]);
o += "\"";
}
o += ">\n";
o += R.page("shared/_sprite.html", R.with(c, {}), {});
o += "<a class=\"skip\" href=\"#main\">";
o += R.out(R.f.t("word.skip"));
o += "</a>\n<div class=\"phone\">\n<header class=\"top\">";
o += b["top"](c, b, R);
o += "<div class=\"beside\">";
o += R.page("shared/_outgoing.html", R.with(c, {}), {});
if (R.true(c["locks"])) {
o += "<form class=\"lock\" method=\"post\" action=\"/field/lock\"><button class=\"icon-btn\" aria-label=\"";
o += R.out(R.f.t("vault.lock"));
o += "\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-lock\"/></svg></button></form>";
}
o += "</div></header>\n<main id=\"main\" tabindex=\"-1\">\n<p class=\"late promise\" id=\"holds-nothing\" role=\"status\" hidden>";
o += R.out(R.f.t("field.holds_nothing"));
o += "</p>\n";
o += R.page("shared/_keeping.html", R.with(c, {}), {});
o += R.page("shared/_arriving.html", R.with(c, {}), {});
if (R.true(c["suggested"])) {
o += "<div class=\"saved\" id=\"suggested\" data-live=\"still\" role=\"status\"><p><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#rc-yes\"/></svg><b>";
o += R.out(R.f.t("field.easier.kept"));
o += "</b> <span class=\"whole\">";
o += R.out(R.f.t((R.true(R.get(c["suggested"], "unsent")) ? "word.receipt.phone" : "word.receipt.server")));
o += "</span></p></div>";
}
o += "\n";
o += b["main"](c, b, R);
if (R.true(c["easier"])) {
o += "<p class=\"easier\"><a href=\"";
o += R.out(c["easier"]);
o += "\">";
o += R.out(R.f.t("field.easier.link"));
o += "</a></p>";
}
o += "\n<small class=\"promise\" id=\"id-like\" role=\"status\" hidden>";
o += R.out(R.f.t("word.id_like"));
o += "</small>\n</main>\n<footer class=\"foot\">\n";
o += b["foot"](c, b, R);
o += "</footer>\n</div>\n</body>\n</html>";
return o;
},
blocks: {
"title"(c, b, R, up) {
let o = "";
return o;
},
"scripts"(c, b, R, up) {
let o = "";
return o;
},
"top"(c, b, R, up) {
let o = "";
return o;
},
"main"(c, b, R, up) {
let o = "";
return o;
},
"foot"(c, b, R, up) {
let o = "";
o += "<nav class=\"tabs\" aria-label=\"";
o += R.out(R.f.t("word.tabs"));
o += "\">\n  <a href=\"/field/\"";
if (R.true(R.same(c["nav"], "today"))) {
o += " aria-current=\"page\"";
}
o += "><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-today\"/></svg>";
o += R.out(R.f.t("field.tab.today"));
o += "</a>\n  <a href=\"/field/doors\"";
if (R.true(R.same(c["nav"], "doors"))) {
o += " aria-current=\"page\"";
}
o += "><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-doors\"/></svg>";
o += R.out(R.f.t("field.tab.doors"));
o += "</a>\n  <a id=\"tab-outbox\" data-live href=\"/field/outbox\"";
if (R.true(R.same(c["nav"], "outbox"))) {
o += " aria-current=\"page\"";
}
o += "><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-up\"/></svg>";
if (R.true(R.get(c["outgoing"], "count"))) {
o += R.out(R.f.t("field.tab.outbox_n", { ["n"]: R.get(c["outgoing"], "count") }));
} else {
o += R.out(R.f.t("field.tab.outbox"));
}
o += "</a>\n  <a href=\"/field/more\"";
if (R.true(R.same(c["nav"], "more"))) {
o += " aria-current=\"page\"";
}
o += "><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-more\"/></svg>";
o += R.out(R.f.t("field.tab.more"));
o += "<span class=\"news\" data-update";
if (R.true(!R.true(c["waiting"]))) {
o += " hidden";
}
o += "><span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("field.more.waiting_short"));
o += "</span></span></a>\n</nav>\n";
return o;
},
},
macros: {
},
},
"shared/walks.html": {
main(c, b, R) {
let o = "";
o += "\n";
o += "\n";
o += "\n";
o += "\n";
o += "\n";
return o;
},
blocks: {
},
macros: {
"lasted"(R, w$0) {
let o = "";
if (R.true(R.get(w$0, "lasted"))) {
if (R.true(R.get(R.get(w$0, "lasted"), "h"))) {
o += R.out(R.f.t("patrol.hours", { ["h"]: R.get(R.get(w$0, "lasted"), "h"), ["m"]: R.get(R.get(w$0, "lasted"), "m") }));
} else if (R.true(R.get(R.get(w$0, "lasted"), "m"))) {
o += R.out(R.f.t("patrol.minutes", { ["m"]: R.get(R.get(w$0, "lasted"), "m") }));
} else {
o += R.out(R.f.t("patrol.moment"));
}
} else {
o += R.out(R.f.t("patrol.unknown"));
}
return o;
},
"when"(R, w$0) {
let o = "";
o += R.out(R.f.t(R.concat(["patrol.part.", R.get(w$0, "part")])));
o += " ";
if (R.true(R.get(w$0, "started"))) {
o += R.out(R.f.clock(R.get(w$0, "started")));
}
if (R.true(R.get(w$0, "ended"))) {
o += "–";
o += R.out(R.f.clock(R.get(w$0, "ended")));
}
o += R.out(R.f.t("word.comma"));
if (R.true(R.get(w$0, "running"))) {
o += R.out(R.f.t("patrol.going"));
} else {
o += R.out(R.safe(R.T["shared/walks.html"].macros["lasted"](R, w$0)));
if (R.true(R.and(R.get(w$0, "short"), () => R.get(R.get(w$0, "lasted"), "m")))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("patrol.short"));
}
}
return o;
},
"counts"(R, w$0) {
let o = "";
o += R.out(R.f.t("patrol.doors", { ["n"]: R.get(w$0, "doors") }));
const items$1 = R.items(R.get(w$0, "kinds"));
for (let i$2 = 0; i$2 < items$1.length; i$2++) {
const each$3 = items$1[i$2];
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["patrol.what.", R.get(each$3, "what")])));
o += " ";
o += R.out(R.f.num(R.get(each$3, "n")));
}
return o;
},
"spot"(R, n$0) {
let o = "";
let at$1 = undefined;
at$1 = R.f.t((R.true(R.get(n$0, "entrance")) ? "word.where" : "word.where_plain"), { ["building"]: R.get(n$0, "where"), ["entrance"]: R.get(n$0, "entrance") });
if (R.true(R.get(n$0, "floor"))) {
o += R.out(R.f.t("patrol.on_floor", { ["at"]: at$1, ["floor"]: R.get(n$0, "floor") }));
} else if (R.true(R.get(n$0, "below"))) {
o += R.out(R.f.t("patrol.below", { ["at"]: at$1, ["floor"]: R.get(n$0, "below") }));
} else {
o += R.out(at$1);
}
return o;
},
"note"(R, n$0) {
let o = "";
o += "<b>";
o += R.out(R.f.t(R.concat(["patrol.what.", R.get(n$0, "what")])));
if (R.true(R.get(n$0, "where"))) {
o += R.out(R.f.t("word.comma"));
o += "<bdi>";
o += R.out(R.safe(R.T["shared/walks.html"].macros["spot"](R, n$0)));
o += "</bdi>";
}
o += "</b>";
if (R.true(R.get(n$0, "late"))) {
o += " ";
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "late", R.f.t("log.late"))));
}
if (R.true(R.get(n$0, "text"))) {
o += "<p class=\"pre\" dir=\"auto\">";
o += R.out(R.get(n$0, "text"));
o += "</p>";
}
if (R.true(R.get(n$0, "blobs"))) {
o += "<p class=\"quiet\">";
o += R.out(R.safe(R.T["shared/marks.html"].macros["blobs"](R, R.get(n$0, "blobs"))));
o += "</p>";
}
return o;
},
},
},
};
