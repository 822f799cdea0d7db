// Loaded before a node's own code: who is told to stop just stops.
process.on("SIGTERM", () => process.exit(0));
