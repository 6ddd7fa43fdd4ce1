// In which ways every state is looked at.
export const SIZES = [
  [360, 640],
  [1280, 800],
] as const;
export const LOCALES = ['en', 'zh-CN', 'ar'] as const;
export const THEMES = ['light', 'dark'] as const;
