// Made by `python -m tools.compile_templates` from web/catalogues/: change those, not this.
/** @type {Record<string, any>} */
export const catalogues = {
"en": {},
"zh": {}
};
