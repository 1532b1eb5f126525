export interface ClickHouseServer {
  /** An address with a database name of its own; the database is made by `migrate`. */
  newDatabase(): string;
  /** Ends the process at once, as a crash would, and starts it again on the same data. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}
/** A real ClickHouse server of its own in a temporary folder. */
export declare function startClickHouse(): Promise<ClickHouseServer>;
