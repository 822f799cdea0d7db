import pg from "pg";
import { poolWaitSeconds } from "./metrics";
import { traceQueries } from "./traces";

type Taken = (error: Error | undefined, client: pg.PoolClient | undefined, release: () => void) => void;

/** Those of this process that are open. */
export const pools = new Set<pg.Pool>();

/** Connections to a database that are shared, as pg has them; how long each is waited for is measured. */
export class Pool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super(config);
    pools.add(this);
    this.on("error", () => {}); // a connection broke that nobody used: the next query gets another
    this.on("connect", traceQueries);
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Taken): void;
  override connect(callback?: Taken): Promise<pg.PoolClient> | undefined {
    const taken = poolWaitSeconds.startTimer();
    if (!callback) return super.connect().finally(taken);
    super.connect((error, client, release) => {
      taken();
      callback(error, client, release);
    });
    return undefined;
  }

  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | undefined {
    pools.delete(this);
    if (!callback) return super.end();
    super.end(callback);
    return undefined;
  }
}
