/** By then every tab has heard of it. Milliseconds. */
const heardByAllMs = 5_000;

/** Does something once, in whichever of the browser's tabs comes first. */
export const inOneTab = async (name: string, work: () => void): Promise<void> => {
  // Pages without HTTPS have no locks.
  if (!navigator.locks) return work();
  await navigator.locks.request(`charla:${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    work();
    await new Promise((resolve) => setTimeout(resolve, heardByAllMs));
  });
};
