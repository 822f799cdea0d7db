import type { RoomFile } from "~/shared/attachments";
import { PictureViewer } from "../viewer/picture-viewer";

interface RoomPictureViewerProps {
  files: readonly RoomFile[];
  /** The one to begin with. */
  openId: string;
  onClose: () => void;
  onGoTo: (seq: number) => void;
  onNearEnd?: () => void;
}

/** Pictures of a room, whatever message each came with. */
export function RoomPictureViewer({ files, onGoTo, ...props }: RoomPictureViewerProps) {
  const pictures = files.filter(({ attachment }) => attachment.kind === "image");
  return (
    <PictureViewer
      {...props}
      pictures={pictures.map(({ attachment }) => attachment)}
      onGoTo={({ id }) => {
        const found = pictures.find(({ attachment }) => attachment.id === id);
        props.onClose();
        if (found) onGoTo(found.seq);
      }}
    />
  );
}
