// Made by `python -m tools.compile_templates` from web/templates/{field,shared}/: change those, not this.
/** @type {Record<string, any>} */
export const templates = {
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
};
