// Going back in the history of one record, and deciding conflicts. Both are ordinary writes of a transaction: they are
// logged, can be undone, and reach every copy.
#pragma once

#include <span>

#include "app/model/transaction.h"

namespace pmo {

// What a field held just before a moment, by the stamps of all writes in the history, those that lost in a merge
// included: so every copy that knows the same history answers the same. The present value where nothing was written.
Value value_before(std::span<const Commit> history, const Record& record, const FieldInfo& field, const Stamp& moment);

// Writes the values of that moment back, of one field or of all; a deleted record is brought back, with the parts that were
// deleted along with it.
Result<void> restore_record(Transaction& transaction, std::span<const Commit> history, const RegisterInfo& info,
                            const Record& record, const Stamp& moment, const FieldInfo* only = nullptr);

// Settles a conflict. The value may be one of the two or a third one; for a conflict between an edit and a deletion it
// is not used: `keep` decides. What is kept brings back what it is part of, with all that was deleted with that.
Result<void> decide(Transaction& transaction, const Conflict& conflict, const Value& value, bool keep = true);

}  // namespace pmo
