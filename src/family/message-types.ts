/** Enquiries, and the other messages that change nothing, of those that are simulated. A test compares with the catalogue. */
export const ENQUIRY_TYPES: readonly string[] =
  'CQ3 CQ10 CQ11 CQ14 CQ15 CQ20 CQ21 CQ36 CQ38 CQ39 CQ40 CQ52 CQ53 CQ61 CQ62 CQ65 CQ68 CQ72 CQ76 CQ77 CQ122 CQ123 CQ128 DQ2 DQ3 DQ4 DQ7 DQ8 DQ10 DQ12 DQ18 DQ24 DQ30 DQ33 DQ124 UI1 UQ9 UQ12 UQ13'.split(
    ' ',
  );

/**
 * The clearing transactions that change something, simulated or not: in enquiry-only mode each gets that mode's
 * refusal. oapi-facts.md 4.1, 4.2 and Appendix A (C), with the CLICK era's CD4, CD33 and CD36.
 */
export const POST_TRADE_TYPES: readonly string[] =
  'CC11 CC12 CC13 CC14 CC15 CC19 CC22 CC38 CC40 CC42 CC45 CD4 CD5 CD28 CD31 CD32 CD33 CD34 CD35 CD36 CD54 CD55'.split(
    ' ',
  );

/** What is broadcast, in the newer and in the older generation. A test compares with the catalogue. */
export const BROADCAST_TYPES: readonly string[] = 'BD5 BD6 BD18 BD29 BD39 BD40 BI7 BI8 BI27'.split(' ');
