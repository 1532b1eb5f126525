/** What has become of recorded calls in this process, for metrics. */
export class Tally {
  stored = 0;
  /** They came again. */
  repeated = 0;
  /** They had been ordered to be deleted before they came. */
  deleted = 0;
  /** Frames that are not those that were written. */
  bad = 0;
  /** The store refused them for what they are. */
  refused = 0;
}
