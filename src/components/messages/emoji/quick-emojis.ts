/** The reactions at hand; the picker has all the others. */
export const quickEmojis = ["👍", "❤️", "😂", "😮", "😢", "🙏"] as const;
