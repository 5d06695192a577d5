/** @file Puts the mended kernels in the place of the WebGL backend's own, which must be registered already. */
import { mendElementwise } from './elementwise.ts';
import { mendExtremes } from './extremes.ts';
import { mendHighRank } from './high-rank.ts';
import { mendMaxPool } from './max-pool.ts';
import { mendShaderKeys } from './shader-keys.ts';
import { mendOddEnds } from './odd-ends.ts';

mendElementwise();
mendExtremes();
mendHighRank();
mendMaxPool();
mendOddEnds();
mendShaderKeys();
