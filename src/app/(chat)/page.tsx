import { MainZone } from "./main-zone";

export default function RoomsPage() {
  return <MainZone />;
}
