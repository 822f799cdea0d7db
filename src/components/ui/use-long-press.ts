import { type PointerEvent, useRef } from "react";

/** As long as phones wait, in milliseconds. */
const pressFor = 450;
/** A finger that moves further than this, in pixels, scrolls. */
const slack = 10;

/** Handlers for what is touched and held: `onPress` is called with the element under the finger. */
export const useLongPress = (onPress: (element: Element) => void) => {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const end = (): void => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  return {
    onPointerDown: ({ pointerType, isPrimary, target, clientX: x, clientY: y }: PointerEvent) => {
      end();
      if (pointerType !== "touch" || !isPrimary || !(target instanceof Element)) return;
      press.current = { timer: setTimeout(() => onPress(target), pressFor), x, y };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (press.current && Math.hypot(clientX - press.current.x, clientY - press.current.y) > slack) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
};
