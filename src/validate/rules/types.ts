import type { Severity } from '../types';

/** A rule of reference files: what its findings mean, apart from the values that each states. */
export interface Rule {
  /**
   * The severity of its findings; where a finding rests on a guess it may be less. An error breaks the specification's text, or makes fsspec
   * with zarr-python or xarray fail or read wrong values; a warning is a likely mistake or a trap; an info is neither.
   */
  severity: Severity;
  /** One line: what is wrong. */
  title: string;
  /** What follows for whom, and what to do. */
  explanation: string;
  /** Where it is written: the specification, or the reader's source, and the section. */
  source: string;
  /** What a quick fix of a finding writes, as the name of an action: "Write the byte order". Absent where a person must decide. */
  fix?: string;
  /** Its errors mean that readers open the array and give other values than are meant, without a word. */
  readsWrong?: true;
  /** The smallest reference files that break it, and that nearly do and are good. Absent where it takes the target file to tell. */
  examples?: { breaks: string; good: string };
}

export const KERCHUNK_SPEC = 'kerchunk specification (fsspec.github.io/kerchunk/spec.html)';
export const ZARR_V2_SPEC = 'zarr v2 specification (zarr-specs.readthedocs.io/en/latest/v2/v2.0.html)';
export const ZARR_V3_SPEC = 'zarr v3 core specification (zarr-specs.readthedocs.io/en/latest/v3/core/index.html)';
/** Behaviour of the reader behind xarray and zarr-python, by its source file; the function follows. */
export const FSSPEC_REFERENCES = 'fsspec, fsspec/implementations/reference.py';
