// Made by `python -m tools.compile_templates` from web/templates/{field,shared}/: change those, not this.
/** @type {Record<string, any>} */
export const templates = {
"field/_found.html": {
main(c, b, R) {
let o = "";
if (R.true(R.get(c["found"], "q"))) {
o += "<p class=\"count\" data-hits=\"";
o += R.out(R.get(c["found"], "n"));
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
"field/doors.html": {
main(c, b, R) {
return R.page("shared/phone.html", c, b);
},
blocks: {
"title"(c, b, R, up) {
let o = "";
if (R.true(c["building"])) {
o += R.out(R.get(c["building"], "name"));
o += " · ";
}
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
if (R.true(!R.true(c["building"]))) {
o += "<p class=\"say\">";
o += R.out(R.f.t("field.doors.none"));
o += "</p>\n";
} else {
o += "<form class=\"finding\" role=\"search\" action=\"/field/doors\" data-finding>\n  <input type=\"hidden\" name=\"building\" value=\"";
o += R.out(R.get(c["building"], "id"));
o += "\">\n  <label class=\"find\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-find\"/></svg><span class=\"hide\">";
o += R.out(R.f.t("field.find.label"));
o += "</span><input type=\"search\" name=\"q\" value=\"";
o += R.out(c["q"]);
o += "\" placeholder=\"";
o += R.out(R.f.t("field.find.hint"));
o += "\" autocomplete=\"off\" enterkeyhint=\"search\" maxlength=\"60\" hx-get=\"/field/doors/found\" hx-trigger=\"input changed delay:180ms\" hx-target=\"#found\" hx-sync=\"this:replace\"></label>\n  <div class=\"found\" id=\"found\" role=\"status\">";
if (R.true(c["found"])) {
o += R.page("field/_found.html", R.with(c, {}), {});
}
o += "</div>\n</form>\n";
if (R.true(R.less(1, R.f.length(c["strip"])))) {
o += "<nav class=\"switch\" aria-label=\"";
o += R.out(R.f.t("field.doors.switch"));
o += "\">\n";
const items$0 = R.items(c["strip"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const b$2 = items$0[i$1];
o += "  <a href=\"/field/doors?building=";
o += R.out(R.get(b$2, "id"));
o += "\"";
if (R.true(R.get(b$2, "current"))) {
o += " aria-current=\"true\"";
}
o += ">";
o += R.out(R.safe(R.T["shared/doors.html"].macros["mini"](R, R.get(b$2, "mini"))));
o += "<span>";
o += R.out(R.get(b$2, "name"));
o += "<span class=\"hide\">";
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("field.doors.strip", { ["homes"]: R.get(b$2, "homes"), ["due"]: R.get(b$2, "due"), ["bare"]: R.get(b$2, "bare") }));
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
const items$4 = R.items(R.get(c["board"], "levels"));
for (let i$5 = 0; i$5 < items$4.length; i$5++) {
const level$6 = items$4[i$5];
o += "<li>";
o += R.out(R.f.t("word.floor", { ["floor"]: level$6 }));
o += "</li>";
}
o += "</ol>\n";
if (R.true(R.get(c["board"], "below"))) {
o += "<ol class=\"under\">";
const items$8 = R.items(R.get(c["board"], "below"));
for (let i$9 = 0; i$9 < items$8.length; i$9++) {
const level$10 = items$8[i$9];
o += "<li>";
o += R.out(R.f.t("word.floor_below", { ["floor"]: level$10 }));
o += "</li>";
}
o += "</ol>";
}
o += "  </div>\n";
const items$12 = R.items(R.get(c["board"], "entrances"));
for (let i$13 = 0; i$13 < items$12.length; i$13++) {
const e$14 = items$12[i$13];
const loop$15 = R.loop(i$13, items$12);
o += "  <section class=\"entrance\" id=\"e";
o += R.out(loop$15.index);
o += "\" aria-labelledby=\"h";
o += R.out(loop$15.index);
o += "\"><h2 id=\"h";
o += R.out(loop$15.index);
o += "\">";
if (R.true(R.get(e$14, "name"))) {
o += R.out(R.f.t("word.entrance", { ["entrance"]: R.get(e$14, "name") }));
} else {
o += R.out(R.f.t("word.no_entrance"));
}
o += "</h2>\n    <div class=\"doors\">";
const items$16 = R.items(R.get(e$14, "rows"));
for (let i$17 = 0; i$17 < items$16.length; i$17++) {
const row$18 = items$16[i$17];
o += "<div class=\"floor\">";
const items$20 = R.items(row$18);
for (let i$21 = 0; i$21 < items$20.length; i$21++) {
const d$22 = items$20[i$21];
if (R.true(d$22)) {
o += R.out(R.safe(R.T["shared/doors.html"].macros["door"](R, d$22)));
} else {
o += "<i></i>";
}
}
o += "</div>";
}
o += "</div>\n";
if (R.true(R.get(c["board"], "below"))) {
o += "<div class=\"doors under\">";
const items$24 = R.items(R.get(e$14, "below"));
for (let i$25 = 0; i$25 < items$24.length; i$25++) {
const row$26 = items$24[i$25];
o += "<div class=\"floor\">";
const items$28 = R.items(row$26);
for (let i$29 = 0; i$29 < items$28.length; i$29++) {
const d$30 = items$28[i$29];
if (R.true(d$30)) {
o += R.out(R.safe(R.T["shared/doors.html"].macros["door"](R, d$30)));
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
const items$32 = R.items(R.get(c["board"], "loose"));
for (let i$33 = 0; i$33 < items$32.length; i$33++) {
const d$34 = items$32[i$33];
o += R.out(R.safe(R.T["shared/doors.html"].macros["door"](R, d$34)));
}
o += "</div>\n</section>\n";
}
if (R.true(R.less(1, R.f.length(R.get(c["board"], "entrances"))))) {
o += "<nav class=\"porch\" aria-label=\"";
o += R.out(R.f.t("field.doors.porch"));
o += "\">";
const items$36 = R.items(R.get(c["board"], "entrances"));
for (let i$37 = 0; i$37 < items$36.length; i$37++) {
const e$38 = items$36[i$37];
const loop$39 = R.loop(i$37, items$36);
o += "<a href=\"#e";
o += R.out(loop$39.index);
o += "\">";
if (R.true(R.get(e$38, "name"))) {
o += R.out(R.f.t("word.entrance", { ["entrance"]: R.get(e$38, "name") }));
} else {
o += R.out(R.f.t("word.no_entrance"));
}
if (R.true(R.get(e$38, "due"))) {
o += "<span class=\"word due\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-due\"/></svg><span class=\"hide\">";
o += R.out(R.f.t("word.mark.due"));
o += " </span>";
o += R.out(R.get(e$38, "due"));
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
o += "<a class=\"rest\" href=\"/field/households/new?building=";
o += R.out(R.get(c["building"], "id"));
o += "\"><span>";
o += R.out(R.f.t("field.doors.add"));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-add\"/></svg></a>\n";
}
return o;
},
},
macros: {
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
o += "<form class=\"finding open\" role=\"search\" action=\"/field/visits/new\">\n  <label class=\"find\"><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-find\"/></svg><span class=\"hide\">";
o += R.out(R.f.t("field.find.label"));
o += "</span><input type=\"search\" name=\"q\" value=\"";
o += R.out(c["q"]);
o += "\" placeholder=\"";
o += R.out(R.f.t("field.find.hint"));
o += "\" autocomplete=\"off\" enterkeyhint=\"search\" maxlength=\"60\" hx-get=\"/field/doors/found\" hx-trigger=\"input changed delay:180ms\" hx-target=\"#found\" hx-sync=\"this:replace\"></label>\n  <div class=\"found\" id=\"found\" role=\"status\">";
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
o += "/visits/new\">";
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
o += "/visits/new\">";
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
o += R.out(R.f.day(c["now"]));
o += " ";
o += R.out(R.f.weekday(c["now"]));
o += "</time></p>";
return o;
},
"main"(c, b, R, up) {
let o = "";
if (R.true(!R.true(c["homes"]))) {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("field.today.empty"));
o += "</h1>\n<p>";
o += R.out(R.f.t((R.true(c["arriving"]) ? "field.today.empty_arriving" : "field.today.empty_then")));
o += "</p>\n";
} else if (R.true(!R.true(c["due"]))) {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("field.today.nothing"));
o += "</h1>\n";
} else if (R.true(!R.true(c["left"]))) {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("field.today.finished"));
o += "<br>";
o += R.out(R.f.t("field.today.so_far", { ["knocked"]: c["knocked"], ["met"]: c["met"] }));
o += "</h1>\n";
} else if (R.true(c["knocked"])) {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("field.today.due_going", { ["n"]: c["due"] }));
o += "<br>";
o += R.out(R.f.t("field.today.so_far", { ["knocked"]: c["knocked"], ["met"]: c["met"] }));
o += "</h1>\n";
} else {
o += "<h1 class=\"say\">";
o += R.out(R.f.t("field.today.due_start", { ["n"]: c["due"] }));
o += "</h1>\n";
}
if (R.true(R.same(c["online"], false))) {
o += "<p>";
o += R.out(R.f.t("field.today.offline"));
o += "</p>";
} else if (R.true(R.and(c["later"], () => !R.same(c["show"], "next")))) {
o += "<p>";
o += R.out(R.f.t("field.today.later", { ["n"]: c["later"] }));
o += "</p>";
}
if (R.true(c["next"])) {
o += "<section class=\"block\" aria-labelledby=\"next\">\n  <h2 id=\"next\"><span>";
o += R.out(R.f.t("field.today.next"));
o += "</span>";
if (R.true(R.same(c["show"], "next"))) {
o += "<a href=\"/field/\">";
o += R.out(R.f.t("field.today.fewer"));
o += "</a>";
} else if (R.true(R.less(R.f.length(c["next"]), c["all_left"]))) {
o += "<a href=\"/field/?show=next\">";
o += R.out(R.f.t("field.today.all", { ["n"]: c["all_left"] }));
o += "</a>";
}
o += "</h2>\n  <ol class=\"rows\">\n";
const items$0 = R.items(c["next"]);
for (let i$1 = 0; i$1 < items$0.length; i$1++) {
const d$2 = items$0[i$1];
let at$4 = c["at"];
at$4 = R.f.t((R.true(R.get(R.get(d$2, "place"), "entrance")) ? "word.where" : "word.where_plain"), R.get(d$2, "place"));
o += "    <li><a class=\"row\" href=\"/field/households/";
o += R.out(R.get(d$2, "id"));
o += "\">";
o += R.out(R.safe(R.T["shared/doors.html"].macros["face"](R, d$2)));
o += "<div><b>";
o += R.out(R.or(R.get(d$2, "name"), () => at$4));
o += "</b><p>";
if (R.true(R.get(d$2, "name"))) {
o += R.out(at$4);
o += R.out(R.f.t("word.comma"));
}
if (R.true(R.same(R.get(d$2, "why"), "promise"))) {
if (R.true(R.get(d$2, "promised_today"))) {
o += R.out(R.f.t("field.why.promise_today"));
} else {
o += R.out(R.f.t("field.why.promise_on", { ["on"]: R.f.day(R.get(d$2, "promise_on")) }));
}
} else if (R.true(R.same(R.get(d$2, "label"), "never"))) {
o += R.out(R.f.t("field.why.never"));
} else if (R.true(R.same(R.get(d$2, "why"), "care"))) {
o += R.out(R.f.t(R.concat(["field.why.care_", R.get(d$2, "care")]), { ["n"]: R.get(d$2, "days") }));
} else {
o += R.out(R.f.t("field.why.long", { ["n"]: R.get(d$2, "days") }));
}
if (R.true(R.get(d$2, "knocked_on"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("field.why.knocked", { ["on"]: R.f.day(R.get(d$2, "knocked_on")) }));
}
o += "</p></div>";
if (R.true(R.same(R.get(d$2, "why"), "promise"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "promise", (R.true(R.get(d$2, "promised_today")) ? R.f.t("field.why.word_today") : R.f.t("field.why.word_promise")))));
} else if (R.true(R.same(R.get(d$2, "why"), "care"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "care", R.f.t("word.mark.care"))));
} else {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "due", R.f.t("word.mark.due"))));
}
o += "</a></li>\n";
}
o += "  </ol>\n</section>\n";
}
if (R.true(c["done"])) {
o += "<section class=\"block\" aria-labelledby=\"done\">\n  <h2 id=\"done\"><span>";
o += R.out(R.f.t("field.today.done"));
o += "</span><span>";
o += R.out(R.f.t("word.homes", { ["n"]: c["knocked"] }));
o += "</span></h2>\n  <ol class=\"rows\">\n";
const items$5 = R.items(c["done"]);
for (let i$6 = 0; i$6 < items$5.length; i$6++) {
const d$7 = items$5[i$6];
let at$9 = c["at"];
at$9 = R.f.t((R.true(R.get(R.get(d$7, "place"), "entrance")) ? "word.where" : "word.where_plain"), R.get(d$7, "place"));
o += "    <li><a class=\"row\" href=\"/field/households/";
o += R.out(R.get(d$7, "id"));
o += "\">";
o += R.out(R.safe(R.T["shared/doors.html"].macros["face"](R, d$7)));
o += "<div><b>";
o += R.out(R.or(R.get(d$7, "name"), () => at$9));
o += "</b><p class=\"one\">";
if (R.true(R.get(d$7, "name"))) {
o += R.out(at$9);
o += R.out(R.f.t("word.comma"));
}
o += R.out(R.f.t(R.concat(["word.result.", R.get(d$7, "result")])));
if (R.true(R.get(d$7, "text"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.get(d$7, "text"));
}
o += "</p></div>";
if (R.true(R.holds(R.get(d$7, "says"), "unsent"))) {
o += R.out(R.safe(R.T["shared/marks.html"].macros["word"](R, "unsent", R.f.t("word.mark.unsent"))));
}
o += "</a></li>\n";
}
o += "  </ol>\n";
if (R.true(c["rest"])) {
o += "  <a class=\"rest\" href=\"/field/?show=done\"><span>";
o += R.out(R.f.t("field.today.rest", { ["n"]: R.get(c["rest"], "n"), ["met"]: R.get(c["rest"], "met"), ["no_answer"]: R.get(c["rest"], "no_answer") }));
o += "</span><svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-next\"/></svg></a>\n";
}
o += "</section>\n";
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
"shared/_arriving.html": {
main(c, b, R) {
let o = "";
if (R.true(c["arriving"])) {
o += "<div class=\"arriving\" id=\"arriving\" role=\"status\">\n  <p>";
o += R.out(R.f.t("field.arriving.part", { ["n"]: R.get(c["arriving"], "total"), ["done"]: R.get(c["arriving"], "done") }));
o += "</p>\n  <progress value=\"";
o += R.out(R.get(c["arriving"], "done"));
o += "\" max=\"";
o += R.out(R.get(c["arriving"], "total"));
o += "\" aria-label=\"";
o += R.out(R.f.t("field.arriving.bar"));
o += "\"></progress>\n</div>\n";
}
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
o += "<a class=\"outgoing\" id=\"outgoing\" href=\"/field/outbox\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-unsent\"/></svg><span>";
if (R.true(R.get(c["outgoing"], "today"))) {
o += R.out(R.f.t("field.outgoing.today", { ["n"]: R.get(c["outgoing"], "count"), ["at"]: R.f.clock(R.get(c["outgoing"], "oldest")) }));
} else {
o += R.out(R.f.t("field.outgoing.before", { ["n"]: R.get(c["outgoing"], "count"), ["at"]: R.f.day(R.get(c["outgoing"], "oldest")) }));
}
o += "</span></a>\n";
} else {
o += "<a class=\"outgoing none\" id=\"outgoing\" href=\"/field/outbox\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-sent\"/></svg><span>";
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
"shared/_scripts.html": {
main(c, b, R) {
let o = "";
o += "<script src=\"/static/vendor/htmx.min.js\" defer></script>";
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
o += "<svg hidden>\n  <symbol id=\"i-up\" viewBox=\"0 0 24 24\"><path d=\"M12 19V5M6 11l6-6 6 6\"/></symbol>\n  <symbol id=\"i-next\" viewBox=\"0 0 24 24\"><path d=\"M9 5l7 7-7 7\"/></symbol>\n  <symbol id=\"i-back\" viewBox=\"0 0 24 24\"><path d=\"M15 5l-7 7 7 7\"/></symbol>\n  <symbol id=\"i-today\" viewBox=\"0 0 24 24\"><path d=\"M5 6h14v14H5zM5 10h14M9 3v4M15 3v4\"/></symbol>\n  <symbol id=\"i-doors\" viewBox=\"0 0 24 24\"><path d=\"M4 20V5h16v15M3 20h18M8 9h2M14 9h2M8 13h2M14 13h2M10 20v-3h4v3\"/></symbol>\n  <symbol id=\"i-more\" viewBox=\"0 0 24 24\"><path d=\"M4 7h16M4 12h16M4 17h16\"/></symbol>\n  <symbol id=\"i-visit\" viewBox=\"0 0 24 24\"><path d=\"M6 21V4h12v17M3 21h18M14.5 12v1.5\"/></symbol>\n  <symbol id=\"i-find\" viewBox=\"0 0 24 24\"><circle cx=\"11\" cy=\"11\" r=\"6\"/><path d=\"M20 20l-4.5-4.5\"/></symbol>\n  <symbol id=\"i-edit\" viewBox=\"0 0 24 24\"><path d=\"M5 19l1-4L16 5l3 3L9 18z\"/></symbol>\n  <symbol id=\"i-add\" viewBox=\"0 0 24 24\"><path d=\"M12 5v14M5 12h14\"/></symbol>\n  <symbol id=\"i-call\" viewBox=\"0 0 24 24\"><path d=\"M6 3h4l1.5 5L9 10a12 12 0 0 0 5 5l2-2.5 5 1.5v4c0 2-2 3-4 2.5C10 19 5 14 3.5 7 3 5 4 3 6 3z\"/></symbol>\n  <symbol id=\"i-down\" viewBox=\"0 0 24 24\"><path d=\"M12 4v12M6 11l6 6 6-6M5 20h14\"/></symbol>\n  <symbol id=\"m-due\" viewBox=\"0 0 12 12\"><path d=\"M6 1.5l5 9H1z\" fill=\"currentColor\"/></symbol>\n  <symbol id=\"m-promise\" viewBox=\"0 0 12 12\"><circle cx=\"6\" cy=\"6\" r=\"4.7\"/><path d=\"M6 3.5V6l2 1.2\"/></symbol>\n  <symbol id=\"m-care\" viewBox=\"0 0 12 12\"><path d=\"M6 10.5C-1 5.5 2.5 0 6 3.2 9.5 0 13 5.5 6 10.5z\" fill=\"currentColor\" stroke-width=\"1\"/></symbol>\n  <symbol id=\"m-differ\" viewBox=\"0 0 12 12\"><path d=\"M2 4.2h8M2 7.8h8M8 1.5l-4 9\"/></symbol>\n  <symbol id=\"m-unsent\" viewBox=\"0 0 12 12\"><path d=\"M6 11V1.5M2 5.5l4-4 4 4\"/></symbol>\n  <symbol id=\"m-late\" viewBox=\"0 0 12 12\"><path d=\"M2.5 6a3.7 3.7 0 1 1 1.2 2.7M1 4.6L2.5 6.2 4 4.6\"/></symbol>\n  <symbol id=\"m-sent\" viewBox=\"0 0 12 12\"><path d=\"M2 6.5L4.8 9.2 10 3.2\"/></symbol>\n  <symbol id=\"m-met\" viewBox=\"0 0 12 12\"><circle cx=\"6\" cy=\"6\" r=\"4.5\" fill=\"currentColor\"/></symbol>\n  <symbol id=\"m-no_answer\" viewBox=\"0 0 12 12\"><circle cx=\"6\" cy=\"6\" r=\"4.5\"/></symbol>\n  <symbol id=\"m-inconvenient\" viewBox=\"0 0 12 12\"><circle cx=\"6\" cy=\"6\" r=\"4.5\"/><path d=\"M6 1.5a4.5 4.5 0 0 1 0 9z\" fill=\"currentColor\"/></symbol>\n  <symbol id=\"m-refused\" viewBox=\"0 0 12 12\"><path d=\"M2 2l8 8M10 2l-8 8\"/></symbol>\n  <symbol id=\"m-vacant\" viewBox=\"0 0 12 12\"><path d=\"M2 2h8v8H2z\"/></symbol>\n  <symbol id=\"m-moved\" viewBox=\"0 0 12 12\"><path d=\"M1.5 6h8M6.5 2.5L10 6l-3.5 3.5\"/></symbol>\n  <symbol id=\"m-watch\" viewBox=\"0 0 12 12\"><path d=\"M6 1.5L10.5 6 6 10.5 1.5 6z\"/></symbol>\n  <symbol id=\"rc-yes\" viewBox=\"0 0 18 18\"><circle cx=\"9\" cy=\"9\" r=\"7.5\"/><path class=\"tick\" d=\"M5.5 9.3L8 11.8l4.5-5\"/></symbol>\n  <symbol id=\"rc-no\" viewBox=\"0 0 18 18\"><circle cx=\"9\" cy=\"9\" r=\"7\"/></symbol>\n</svg>";
return o;
},
blocks: {
},
macros: {
},
},
"shared/doors.html": {
main(c, b, R) {
let o = "";
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
o += R.out(R.or(R.get(d$0, "room"), () => "–"));
o += "</span><small>";
o += R.out(R.f.t(R.concat(["word.age.", R.get(d$0, "label")]), { ["n"]: R.get(d$0, "days") }));
o += "</small></span>";
return o;
},
"door"(R, d$0) {
let o = "";
o += "<a class=\"door\" data-age=\"";
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
o += " href=\"/field/households/";
o += R.out(R.get(d$0, "id"));
o += "\" aria-label=\"";
o += R.out(R.or(R.get(d$0, "room"), () => "–"));
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.said.", R.get(d$0, "label")]), { ["n"]: R.get(d$0, "days") }));
const items$1 = R.items(R.get(d$0, "says"));
for (let i$2 = 0; i$2 < items$1.length; i$2++) {
const mark$3 = items$1[i$2];
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t(R.concat(["word.mark.", mark$3])));
}
if (R.true(R.get(d$0, "knock"))) {
o += R.out(R.f.t("word.comma"));
o += R.out(R.f.t("word.mark.knock"));
}
o += "\">";
if (R.true(R.get(d$0, "knock"))) {
o += "<svg class=\"mark knock\" aria-hidden=\"true\"><use href=\"#m-no_answer\"/></svg>";
}
if (R.true(R.get(d$0, "marks"))) {
o += "<span class=\"marks\">";
const items$5 = R.items(R.get(d$0, "marks"));
for (let i$6 = 0; i$6 < items$5.length; i$6++) {
const mark$7 = items$5[i$6];
o += "<svg class=\"mark ";
o += R.out(mark$7);
o += "\" aria-hidden=\"true\"><use href=\"#m-";
o += R.out(mark$7);
o += "\"/></svg>";
}
o += "</span>";
}
o += "<span>";
o += R.out(R.or(R.get(d$0, "room"), () => "–"));
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
"mark"(R, name$0) {
let o = "";
o += "<svg class=\"mark ";
o += R.out(name$0);
o += "\" aria-hidden=\"true\"><use href=\"#m-";
o += R.out(name$0);
o += "\"/></svg>";
return o;
},
"word"(R, name$0, text$1) {
let o = "";
o += "<span class=\"word ";
o += R.out(name$0);
o += "\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-";
o += R.out(name$0);
o += "\"/></svg>";
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
o += "\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-";
o += R.out(name$0);
o += "\"/></svg>";
o += R.out(R.f.t(R.concat(["word.result.", name$0])));
o += "</span>";
return o;
},
"receipts"(R, sent$0, slim$1) {
let o = "";
o += "<ol class=\"receipts";
if (R.true(slim$1)) {
o += " slim";
}
o += "\">\n  <li class=\"got\"><svg aria-hidden=\"true\"><use href=\"#rc-yes\"/></svg>";
o += R.out(R.f.t("word.receipt.phone"));
o += "</li>\n";
if (R.true(sent$0)) {
o += "  <li class=\"got\"><svg aria-hidden=\"true\"><use href=\"#rc-yes\"/></svg>";
o += R.out(R.f.t("word.receipt.server"));
o += "</li>\n";
} else {
o += "  <li><svg aria-hidden=\"true\"><use href=\"#rc-no\"/></svg>";
o += R.out(R.f.t("word.receipt.server_wait"));
o += "</li>\n";
}
o += "</ol>\n";
return o;
},
},
},
"shared/phone.html": {
main(c, b, R) {
let o = "";
o += "<!doctype html>\n<html lang=\"";
o += R.out(R.f.t("word.html_lang"));
o += "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>";
o += b["title"](c, b, R);
o += " · ";
o += R.out(R.f.t("word.app"));
o += "</title>\n<link rel=\"manifest\" href=\"/manifest.webmanifest\">\n<link rel=\"stylesheet\" href=\"/static/css/tokens.css\">\n<link rel=\"stylesheet\" href=\"/static/css/base.css\">\n<link rel=\"stylesheet\" href=\"/static/css/field.css\">\n";
o += R.page("shared/_scripts.html", R.with(c, {}), {});
o += b["scripts"](c, b, R);
o += "</head>\n<body>\n";
o += R.page("shared/_sprite.html", R.with(c, {}), {});
o += "<a class=\"skip\" href=\"#main\">";
o += R.out(R.f.t("word.skip"));
o += "</a>\n<div class=\"phone\">\n<header class=\"top\">";
o += b["top"](c, b, R);
o += R.page("shared/_outgoing.html", R.with(c, {}), {});
o += "</header>\n<main id=\"main\" tabindex=\"-1\">\n";
o += R.page("shared/_arriving.html", R.with(c, {}), {});
o += b["main"](c, b, R);
o += "</main>\n<div class=\"foot\">\n";
o += b["foot"](c, b, R);
o += "</div>\n</div>\n</body>\n</html>";
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
o += "</a>\n  <a href=\"/field/outbox\"";
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
if (R.true(c["waiting"])) {
o += "<span class=\"news\"><span class=\"hide\">";
o += R.out(R.f.t("field.more.waiting_short"));
o += "</span></span>";
}
o += "</a>\n</nav>\n";
return o;
},
},
macros: {
},
},
};
