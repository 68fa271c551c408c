# Configures, builds and tests another preset: cmake -DPRESET=asan -P preset.cmake
# Tests that -DEXCLUDE=REGEX matches are left out: what they need was tried already.
# With -DONLY=REGEX no others run; with -DBUILT=NAME only that is built.
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ECHO STDOUT RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "status ${status}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --preset ${PRESET} -DPython3_EXECUTABLE=${PYTHON})
if(NOT BUILT)
  set(BUILT all)
endif()
run(${CMAKE_COMMAND} --build --preset ${PRESET} --target ${BUILT})
if(ONLY)
  run(${CMAKE_CTEST_COMMAND} --preset ${PRESET} --tests-regex "^(${ONLY})$")
elseif(NOT BUILD_ONLY)
  run(${CMAKE_CTEST_COMMAND} --preset ${PRESET} --exclude-regex "^(${EXCLUDE})$")
endif()
