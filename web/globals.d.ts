// What pages find on `window` besides the browser's own: htmx, and Trusted Types where there are any.

interface Window {
  htmx: {
    ajax(verb: string, path: string, how: Record<string, string>): Promise<void>;
    registerExtension(name: string, extension: Record<string, unknown>): void;
    process(root: Element): void;
  };
  trustedTypes?: {
    createPolicy(name: string, rules: Record<string, (text: string) => unknown>): any;
  };
}
