# seconds, factor of the speed
0 1
30 0.5
60 1
LOOPAFTER 30
