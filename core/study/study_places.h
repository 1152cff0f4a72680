#pragma once
// From a cell of a table down to its clips, and from a clip to its reactions. Nothing is predicted here: what is not
// stored is an Error(NotFound).
#include "core/api/study_service.h"
#include "core/study/study_table.h"

namespace emc {

// Throws Error(NotFound) for a row that the options do not give, or one that is not scored yet; Error(Usage) for an
// unknown metric or one without values per clip.
StudyClips clipsOf(Study& study, const TableOptions& options, const StudyPlace& place, JobContext& job);
// `clip`: place among the study's clips; `run`: among those of the row (training seeds, then sampling seeds within).
StudyClipDetail clipDetailOf(Study& study, const TableOptions& options, const StudyPlace& place, int clip, int run,
                             JobContext& job);
// What the reaction of the row's first run to a clip owes to each moment. Samples, frames, seed and substitute are the
// study's; `wish` gives modality, window and step. Throws Error(Usage) for the ground truth.
StudyOcclusion occlusionOf(Study& study, const TableOptions& options, const StudyPlace& place, int clip,
                           const OcclusionOptions& wish, JobContext& job);
// The same for a run, which commands name without a table; `row`: its place in one, for the figure.
StudyOcclusion occlusionOf(Study& study, const StudyRun& run, int clip, const OcclusionOptions& wish, JobContext& job,
                           const StudyPlace& row = {});

} // namespace emc
