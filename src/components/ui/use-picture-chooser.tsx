"use client";

import { type ReactNode, Suspense, useRef, useState } from "react";
import { lazyPart } from "./lazy-part";

const PictureDialog = lazyPart(() => import("./picture-dialog").then((module) => module.PictureDialog));

interface Options {
  /** Of the dialog. */
  title: string;
  /** For a square with round corners, rather than a circle. */
  square?: boolean;
  /** Keeps the square that was chosen. The dialog stays until it resolves, and for another try if it rejects. */
  save: (picture: Blob) => Promise<unknown>;
  onUnreadable: () => void;
}

/** Lets somebody choose a picture among their files, and a square of it. `chooser` is to be rendered. */
export const usePictureChooser = ({
  title,
  square = false,
  save,
  onUnreadable,
}: Options): { choose: () => void; chooser: ReactNode } => {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const [busy, setBusy] = useState(false);
  const close = (): void => setFile(undefined);
  const onSave = (picture: Blob): void => {
    setBusy(true);
    // What it is rejected for is said where it is saved.
    save(picture)
      .then(close, () => undefined)
      .finally(() => setBusy(false));
  };
  const chooser = (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={({ currentTarget }) => {
          setFile(currentTarget.files?.[0]);
          currentTarget.value = ""; // so that the same one can be chosen again
        }}
      />
      {file && (
        <Suspense>
          <PictureDialog
            title={title}
            file={file}
            square={square}
            busy={busy}
            onSave={onSave}
            onUnreadable={() => {
              close();
              onUnreadable();
            }}
            onClose={close}
          />
        </Suspense>
      )}
    </>
  );
  return { choose: () => input.current?.click(), chooser };
};
