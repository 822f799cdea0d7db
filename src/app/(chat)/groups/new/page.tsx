import { MainZone } from "../../main-zone";

export default function NewGroupPage() {
  return <MainZone />;
}
