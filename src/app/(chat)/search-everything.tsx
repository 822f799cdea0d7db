"use client";

import { Suspense, useState } from "react";
import { useContactActions } from "~/components/contacts/use-contact-actions";
import { SearchButton } from "~/components/rooms/search-button";
import { lazyPart } from "~/components/ui/lazy-part";
import { navigate } from "~/components/ui/soft-navigation";
import { roomHref } from "~/shared/room-href";
import type { User } from "~/shared/users";

const Palette = lazyPart(() => import("./palette").then((module) => module.Palette));

/** The search over everything, and the button that opens it. */
export function SearchEverything({ me }: { me: User }) {
  const { add } = useContactActions();
  const [opener, setOpener] = useState<Element | null>(null);
  const [text, setText] = useState("");
  const open = (): void => {
    if (opener) return;
    setText("");
    setOpener(document.activeElement ?? document.body);
  };
  return (
    <>
      <SearchButton onOpen={open} />
      {opener && (
        // What is typed before the palette is there is not lost.
        <Suspense
          fallback={
            <input
              // biome-ignore lint/a11y/noAutofocus: one has asked for it
              autoFocus
              aria-hidden
              tabIndex={-1}
              className="sr-only"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          }
        >
          <Palette
            me={me}
            text={text}
            onChange={setText}
            opener={opener}
            onPerson={(person) => add(person, (roomId) => navigate(roomHref(roomId)))}
            onClose={() => setOpener(null)}
          />
        </Suspense>
      )}
    </>
  );
}
