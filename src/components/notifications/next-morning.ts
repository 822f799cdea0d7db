export const morningHour = 8;
/** Who is up by then has not been to bed yet. */
const nightEndsHour = 5;

/** Eight in the morning after the coming night, or after this one. */
export const nextMorning = (now: Date): Date => {
  const days = now.getHours() < nightEndsHour ? 0 : 1;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morningHour);
};
