import { Option } from 'commander';

/** How references name the files of a store, for all commands that make them of TIFFs. */
export function targetsOption(): Option {
  return new Option(
    '--targets <how>',
    'addresses that the references carry of files in a store (s3:, gs:, az:): public, those at which they are read by https; given, as they are given, which readers open with the package of that store',
  )
    .choices(['public', 'given'])
    .default('public');
}
