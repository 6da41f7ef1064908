#ifndef RESTRICTIONS_H
#define RESTRICTIONS_H

#include "CProcessControl.h"

/// Restricts the calling child, which shares its parent's memory: resources first, since lowering the rights comes last.
/// Returns `PC_STAGE_NONE`, or the failed stage with errno.
int pc_apply_restrictions(const struct pc_restrictions *restrictions);

#endif
