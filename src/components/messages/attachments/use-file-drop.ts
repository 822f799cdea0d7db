import { type DragEvent, useEffect, useState } from "react";

const carriesFiles = ({ dataTransfer }: { dataTransfer: DataTransfer | null }): boolean =>
  dataTransfer?.types.includes("Files") === true;

/** Lets files be dropped on an element, which gets the `handlers`. `over`: some are being held above it. */
export const useFileDrop = (onDrop: (files: File[]) => void) => {
  const [over, setOver] = useState(false);

  // Beside the element the browser would leave the page, to show the file.
  useEffect(() => {
    const keepPage = (event: globalThis.DragEvent): void => {
      if (carriesFiles(event)) event.preventDefault();
    };
    window.addEventListener("dragover", keepPage);
    window.addEventListener("drop", keepPage);
    return () => {
      window.removeEventListener("dragover", keepPage);
      window.removeEventListener("drop", keepPage);
    };
  }, []);

  const handlers = {
    onDragEnter: (event: DragEvent) => {
      if (carriesFiles(event)) setOver(true);
    },
    onDragLeave: ({ currentTarget, relatedTarget }: DragEvent) => {
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!carriesFiles(event)) return;
      event.preventDefault();
      onDrop([...event.dataTransfer.files]);
    },
  };
  return { over, handlers };
};
