import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { closerScale, fitted, moveBy, type Point, type Scene, type View, zoomAround } from "./view";

/** A finger that goes this far sideways means the next picture, and downwards the way out. Pixels. */
const swipe = { sideways: 48, down: 96 };
/** Less than that is a finger that meant to stay. Pixels. */
const steady = 8;
/** Two taps within this belong together. Milliseconds. */
const doubleTap = 300;
/** One notch of a mouse's wheel, about, makes a quarter more. */
const perWheelPixel = Math.log(1.25) / 100;

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const middleOf = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const minus = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });

interface GestureUse {
  /** Where the picture is shown. */
  stage: RefObject<HTMLElement | null>;
  picture: RefObject<HTMLElement | null>;
  /** Its own width, in pixels. */
  width: number;
  onTurn: (step: -1 | 1) => void;
  onClose: () => void;
}

/**
 * What fingers, the mouse and its wheel do to a picture: pinch and wheel zoom where they are, a click or a double tap goes
 * close and back, dragging moves what is larger than the stage, and turns to the next picture or closes where it is not.
 */
export const useGestures = ({ stage, picture, width, onTurn, onClose }: GestureUse) => {
  const [view, setView] = useState<View>(fitted);
  /** How far a fitting picture is from its place, under a finger. */
  const [pulled, setPulled] = useState<Point | null>(null);
  const fingers = useRef(new Map<number, Point>());
  /** Where the gesture began, on what, and whether it has become more than a tap. */
  const begun = useRef({ at: fitted as Point, onPicture: false, moved: false });
  const lastTap = useRef({ at: fitted as Point, time: 0 });

  const scene = (): Scene => ({
    stage: { width: stage.current?.clientWidth ?? 0, height: stage.current?.clientHeight ?? 0 },
    fitting: { width: picture.current?.offsetWidth ?? 0, height: picture.current?.offsetHeight ?? 0 },
    width,
  });
  const placeOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = stage.current?.getBoundingClientRect() ?? new DOMRect();
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
  };
  const zoom = (factor: number, around: Point = { x: 0, y: 0 }): void =>
    setView((now) => zoomAround(now, factor, around, scene()));
  const pan = (by: Point): void => setView((now) => moveBy(now, by, scene()));
  const toggle = (around?: Point): void =>
    view.scale > 1 ? setView(fitted) : zoom(closerScale(scene()), around);

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = placeOf(event);
    const isFirst = fingers.current.size === 0;
    fingers.current.set(event.pointerId, at);
    const onPicture = event.target instanceof Node && picture.current?.contains(event.target) === true;
    begun.current = { at, onPicture, moved: !isFirst };
    setPulled(null);
  };

  const onPointerMove = (event: PointerEvent): void => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = placeOf(event);
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, now);
    if (other) {
      const middle = middleOf(now, other);
      zoom(distance(now, other) / Math.max(1, distance(before, other)), middle);
      pan(minus(middle, middleOf(before, other)));
      return;
    }
    const { at, moved } = begun.current;
    begun.current.moved = moved || distance(now, at) > steady;
    if (!begun.current.moved) return;
    if (view.scale > 1) pan(minus(now, before));
    else setPulled(minus(now, at));
  };

  const onTap = (at: Point, { pointerType, timeStamp }: PointerEvent): void => {
    const { time, at: lastAt } = lastTap.current;
    const isSecond = timeStamp - time < doubleTap && distance(at, lastAt) < 4 * steady;
    lastTap.current = { at, time: isSecond ? 0 : timeStamp };
    if (!begun.current.onPicture) onClose();
    else if (pointerType === "mouse" || isSecond) toggle(at);
  };

  const onPointerUp = (event: PointerEvent): void => {
    if (!fingers.current.delete(event.pointerId)) return;
    const now = placeOf(event);
    const [left] = fingers.current.values();
    if (left) begun.current.at = left;
    else if (!begun.current.moved) onTap(now, event);
    else if (pulled && Math.abs(pulled.x) > swipe.sideways && Math.abs(pulled.x) > Math.abs(pulled.y)) {
      onTurn(pulled.x > 0 ? -1 : 1);
    } else if (pulled && pulled.y > swipe.down) onClose();
    setPulled(null);
  };

  const onPointerCancel = ({ pointerId }: PointerEvent): void => {
    fingers.current.delete(pointerId);
    setPulled(null);
  };

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    // A pinch on a touchpad comes as a wheel with Ctrl, in small steps; a wheel may count in lines.
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1);
    zoom(Math.exp(-pixels * perWheelPixel * (event.ctrlKey ? 4 : 1)), placeOf(event));
  });
  // React's own listeners cannot keep the browser from zooming the page. Nothing else is in sight meanwhile.
  useEffect(() => {
    const listener = (event: WheelEvent): void => onWheel(event);
    window.addEventListener("wheel", listener, { passive: false });
    return () => window.removeEventListener("wheel", listener);
  }, []);

  return {
    view,
    pulled,
    /** By this factor, around the middle. */
    zoom: (factor: number): void => zoom(factor),
    pan,
    reset: (): void => setView(fitted),
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel },
  };
};
