/** Does something once the browser has nothing else to do. */
export const whenIdle = (work: () => void): void => {
  // Safari has no idle callback.
  if ("requestIdleCallback" in window) window.requestIdleCallback(work);
  else setTimeout(work, 2_000);
};
