// Compiled code is not type-checked: its source is the templates.
export const templates: Record<string, any>;
