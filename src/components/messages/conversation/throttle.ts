/** Runs at once, then at most every `ms`: calls in between are answered by one run at the end of the interval. */
export const throttle = (run: () => void, ms: number): (() => void) => {
  let resting = false;
  let calledAgain = false;
  const call = (): void => {
    if (resting) {
      calledAgain = true;
      return;
    }
    resting = true;
    setTimeout(() => {
      resting = false;
      if (!calledAgain) return;
      calledAgain = false;
      call();
    }, ms);
    run();
  };
  return call;
};
