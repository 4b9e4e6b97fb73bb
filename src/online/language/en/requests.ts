/** What is wrong with a request itself, whatever it asks for. */
export const requests = {
  pageNotFound: 'Page not found',
  noPageFor: (method: string, path: string) => `DCASS Online has no page for ${method} ${path}.`,
  formNotAccepted: 'Form not accepted',
  staleForm:
    'This form did not come from the page that you have open, or that page is out of date. Go back, reload the page and try again. Nothing was changed.',
  notAccepted: 'Request not accepted',
  tooLong: 'The form is too long.',
  wrongType: 'Forms are sent as application/x-www-form-urlencoded.',
  notWellFormed: 'The request is not well formed.',
  bug: 'Fault of the simulator',
  bugText: 'The simulator has a fault here. It is in the journal as simulator.bug; please report it.',
  foreignSwitch: 'This form did not come from a page of this gateway.',
  unknownLanguage: 'This language is not known.',
};
