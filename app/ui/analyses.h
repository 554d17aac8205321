// What is computed from the project: computed when first asked for, kept until a register it was computed from changes.
//
// An analysis is a type that says what it reads and how it is computed:
//
//   struct Exposure {
//     using Result = Money;
//     static std::vector<const RegisterInfo*> reads() { return {&register_of<Risk>()}; }
//     static Money compute(const Project& project, Analyses& analyses);   // may ask for other analyses
//   };
//   const Money& exposure = context.analyses.of<Exposure>();
//
// The answer stays valid until the end of the frame; keep no reference to it beyond. What an analysis takes from other
// analyses counts as read by it, too.
#pragma once

#include <memory>
#include <unordered_map>

#include "app/model/project.h"

namespace pmo::ui {

class Analyses {
 public:
  explicit Analyses(const Project& project) : project_(project) {}
  Analyses(const Analyses&) = delete;

  // The day on which the project is looked at; a project without a status date is judged by it. At the start of a frame:
  // a new day drops what was computed.
  void set_today(Day today);
  Day today() const { return today_; }

  template <class Analysis>
  const typename Analysis::Result& of() {
    using Value = Kept<typename Analysis::Result>;
    auto& slot = slots_[key_of<Analysis>()];
    if (!slot) slot = std::make_unique<Slot>(Analysis::reads());
    Slot& kept = *slot;  // computing may add slots, which moves the map's entries but not what they point to
    note_reading(kept);
    if (!fresh(kept)) {
      begin(kept);
      kept.value = std::make_unique<Value>(Analysis::compute(project_, *this));
      end(kept);
    }
    return static_cast<Value&>(*kept.value).value;
  }

  // How often something was computed: for tests.
  std::size_t computed() const { return computed_; }

 private:
  struct AnyValue {
    virtual ~AnyValue() = default;
  };
  template <class T>
  struct Kept final : AnyValue {
    explicit Kept(T computed) : value(std::move(computed)) {}
    T value;
  };
  struct Slot {
    explicit Slot(std::vector<const RegisterInfo*> registers) : reads(std::move(registers)) {}
    std::vector<const RegisterInfo*> reads;
    std::vector<std::uint64_t> revisions;  // of the registers, when it was computed
    std::unique_ptr<AnyValue> value;
  };

  // One address for each type of analysis.
  template <class Analysis>
  static const void* key_of() {
    static const char key = 0;
    return &key;
  }

  bool fresh(const Slot& slot) const;
  void begin(Slot& slot);
  void end(Slot& slot);
  void note_reading(const Slot& read);  // the analysis under way depends on what this one reads

  const Project& project_;
  Day today_;
  std::unordered_map<const void*, std::unique_ptr<Slot>> slots_;
  std::vector<Slot*> under_way_;
  std::size_t computed_ = 0;
};

}  // namespace pmo::ui
