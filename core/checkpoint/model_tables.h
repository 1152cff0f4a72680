#pragma once
// The tables of known_models.h as text, one string a model.
//
//   model NAME          label WORDS
//   size NAME PUBLISHED SOURCE...   a size is what most sources say: `KEY:AXIS` of a tensor, `#PREFIX` = how many
//                                   numbered members there are; a tie goes to the published one
//   flag NAME PREFIX    set when some tensor begins with PREFIX
//   variant FLAG YES NO
//   rename FLAG TEXT OTHER          with FLAG, names that begin with TEXT (contain it, when TEXT begins with a dot)
//   have
//                                   OTHER there in all other lines and in what we write; one rule after the other
//   [FLAG] or [!FLAG] before a line: only then
//   ten NAME DIM...     one tensor; `?ten` a constant table, `-ten` without effect
//   lin P OUT IN, linw (no bias), ln P D, lnw, mha P D, enc P D FF, dec P D FF: layers under the prefix P;
//   cbn P OUT IN HEIGHT WIDTH: a convolution without bias and its batch norm
//   drop PATTERN        other tensors that may be there and are left out; `*` at either end
// In names {a,b} are alternatives and {#N} counts from 0 to N-1; in sizes `+` and `*` work from left to right.
#include <span>

namespace emc {

std::span<const char* const> modelTables();

} // namespace emc
