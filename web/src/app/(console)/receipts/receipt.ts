/** Where a rate comes from, as the control plane tells it. */
export interface Origin {
  readonly kind: 'CATALOG' | 'OVERRIDE' | 'UPSTREAM' | 'NONE';
  readonly label: string;
  readonly url: string | null;
  /** The day the source vouches for, `YYYY-MM-DD`. */
  readonly asOf: string | null;
  readonly priceVersion: string | null;
  readonly overrideId: string | null;
  /** E-mail of who set the override. */
  readonly by: string | null;
  readonly at: string | null;
}

/** quantity x rate = amount. A rate or an amount that is null is not known, which is not 0. */
export interface Line {
  readonly bucket: string;
  readonly quantity: number;
  readonly usdPerMillion: string | null;
  readonly amount: string | null;
  /** Why the rate is not simply the bucket's own. */
  readonly rule: string | null;
  readonly origin: Origin;
}

/** Lines that add up to a figure. */
export interface LineGroup<L extends Line = Line> {
  readonly key: string;
  /** null = there is only one, so it needs no heading. */
  readonly title: { readonly model: string; readonly provider: string } | null;
  readonly lines: readonly L[];
}
