/** @file The test of a project in Python: what the model gives is what the app gave. */
import { writeText } from '../python/text.ts';
import type { RecordedValues } from './recorded.ts';

export function pythonTest(module: string, { inputs, outputs }: RecordedValues, tolerance: number): string {
  const names = (values: RecordedValues['inputs']) => `[${values.map(({ name }) => writeText(name)).join(', ')}]`;
  return `"""Compares what the model gives with what the app gave for the same inputs."""

from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from load_${module} import load_model, run

RECORDED = load_file(Path(__file__).with_name('recorded.safetensors'))
INPUTS = ${names(inputs)}
OUTPUTS = ${names(outputs)}
TOLERANCE = ${tolerance}


def differences() -> list[float]:
    """Of each output the largest difference, relative to its largest magnitude."""
    got = run(load_model(), *[RECORDED[f'input{i}'] for i in range(len(INPUTS))])
    found = []
    for i, given in enumerate(got):
        expected = RECORDED[f'output{i}'].astype(np.float64)
        assert given.shape == expected.shape, f'{OUTPUTS[i]}: expected {expected.shape}, got {given.shape}'
        values = given.astype(np.float64)
        is_same = (values == expected) | (np.isnan(values) & np.isnan(expected))
        largest = np.abs(expected[np.isfinite(expected)]).max(initial=0) or 1
        with np.errstate(invalid='ignore'):
            found.append(float(np.where(is_same, 0, np.nan_to_num(np.abs(values - expected), nan=np.inf)).max(initial=0) / largest))
    return found


def test_the_model_gives_what_the_app_gave():
    for name, difference in zip(OUTPUTS, differences(), strict=True):
        assert difference <= TOLERANCE, f'{name} differs by {difference} of its largest magnitude'


if __name__ == '__main__':
    print(dict(zip(OUTPUTS, differences(), strict=True)))
`;
}
