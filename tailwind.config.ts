import type { Config } from "tailwindcss";

/** Names for the custom properties of src/app/globals.css, where their values for both themes stand. */
export default {
  content: [],
  darkMode: ["selector", '[data-theme="dark"]'],
  theme: {
    extend: {
      colors: {
        canvas: "var(--canvas)",
        panel: "var(--panel)",
        raised: "var(--raised)",
        line: { DEFAULT: "var(--line)", strong: "var(--line-strong)" },
        hover: "var(--hover)",
        ink: { DEFAULT: "var(--ink)", 2: "var(--ink-2)", 3: "var(--ink-3)" },
        accent: {
          DEFAULT: "var(--accent)",
          ink: "var(--accent-ink)",
          soft: "var(--accent-soft)",
          line: "var(--accent-line)",
        },
        mine: { DEFAULT: "var(--mine)", ink: "var(--mine-ink)" },
        theirs: "var(--theirs)",
        danger: "var(--danger)",
        ok: "var(--ok)",
        warn: "var(--warn)",
        mark: "var(--mark)",
      },
      fontFamily: { sans: "var(--font-sans)", mono: "var(--font-mono)" },
      fontSize: {
        xs: ["12px", "16px"],
        sm: ["13.5px", "19px"],
        base: ["15px", "22px"],
        lg: ["17px", "24px"],
        xl: ["22px", "28px"],
      },
      fontWeight: { medium: "550", bold: "650" },
      borderRadius: { control: "6px", item: "8px", card: "10px", field: "12px" },
      boxShadow: { float: "var(--shadow)" },
      keyframes: { appear: { from: { opacity: "0" } } },
      /** Not at all for what takes less than a moment. */
      animation: { late: "appear 0s 800ms both" },
      transitionDuration: { DEFAULT: "120ms" },
    },
  },
} satisfies Config;
