# Writes a C++ source that holds a text.  cmake -DFILE=x.sample -DNAME=function -DOUTPUT=x.cpp -P embed.cmake
file(READ "${FILE}" text)
# A string literal may be limited to 64 KiB, so the text is laid in pieces side by side.
string(LENGTH "${text}" length)
set(pieces "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${text}" ${at} 12000 piece)
  # Cut behind a line: a character of several bytes stays whole.
  string(FIND "${piece}" "\n" end REVERSE)
  math(EXPR end "${end} + 1")
  if(end EQUAL 0)
    string(LENGTH "${piece}" end)
  endif()
  string(SUBSTRING "${piece}" 0 ${end} piece)
  string(APPEND pieces "R\"sample(${piece})sample\"\n")
  math(EXPR at "${at} + ${end}")
endwhile()
file(WRITE "${OUTPUT}" "#include <string_view>

namespace pmo {

std::string_view ${NAME}() { return ${pieces}; }

}  // namespace pmo
")
