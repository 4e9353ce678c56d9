export const catalogues: Record<'zh' | 'en', Record<string, string | { one: string; other: string }>>;
