# LibTorch from the PyPI wheel, linked as libtorch_cpu + libc10 only: CUDA is loaded at run time, so a machine without a GPU never pays for it.
if(NOT EMC_TORCH_ROOT)
  if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
    set(EMC_TORCH_ROOT "$ENV{XDG_CACHE_HOME}/emc-studio/libtorch/2.11.0")
  else()
    set(EMC_TORCH_ROOT "$ENV{HOME}/.cache/emc-studio/libtorch/2.11.0")
  endif()
endif()
if(NOT EXISTS ${EMC_TORCH_ROOT}/torch/lib/libtorch_cpu.so)
  message(FATAL_ERROR "LibTorch is not in ${EMC_TORCH_ROOT}. Run ./studio setup, or pass -DEMC_TORCH_ROOT=FOLDER (the folder with torch/ and nvidia/).")
endif()
add_library(emc::c10 SHARED IMPORTED)
set_target_properties(emc::c10 PROPERTIES
  IMPORTED_LOCATION ${EMC_TORCH_ROOT}/torch/lib/libc10.so
  INTERFACE_INCLUDE_DIRECTORIES ${EMC_TORCH_ROOT}/torch/include)
add_library(emc::torch SHARED IMPORTED)
set_target_properties(emc::torch PROPERTIES
  IMPORTED_LOCATION ${EMC_TORCH_ROOT}/torch/lib/libtorch_cpu.so
  INTERFACE_INCLUDE_DIRECTORIES ${EMC_TORCH_ROOT}/torch/include/torch/csrc/api/include
  INTERFACE_LINK_LIBRARIES emc::c10
  INTERFACE_LINK_OPTIONS "-Wl,--no-as-needed;-Wl,--disable-new-dtags")
# RPATH and not RUNPATH: libraries that are dlopened later (libtorch_cuda) are found the same way.
set(CMAKE_BUILD_RPATH "${EMC_TORCH_ROOT}/torch/lib;${EMC_TORCH_ROOT}/nvidia/cu13/lib")

# One precompiled torch header for every target that includes torch.
file(WRITE ${CMAKE_BINARY_DIR}/pch_torch.cpp "")
add_library(emc_torch_pch OBJECT ${CMAKE_BINARY_DIR}/pch_torch.cpp)
target_link_libraries(emc_torch_pch PRIVATE emc::torch)
target_precompile_headers(emc_torch_pch PRIVATE <torch/torch.h> <filesystem> <map> <memory> <string> <vector>)
function(emc_use_torch target)
  target_link_libraries(${target} PRIVATE emc::torch)
  target_compile_options(${target} PRIVATE -fPIC) # executables would get -fPIE and then refuse the header made with -fPIC
  target_precompile_headers(${target} REUSE_FROM emc_torch_pch)
endfunction()
