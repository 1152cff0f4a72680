# Video, sound, pictures, 3D.
find_package(OpenCV REQUIRED COMPONENTS core imgproc imgcodecs dnn)
find_package(VTK 9.1 REQUIRED COMPONENTS CommonCore CommonDataModel RenderingCore RenderingOpenGL2)
find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBAV REQUIRED IMPORTED_TARGET libavformat libavcodec libavutil libswscale libswresample)
pkg_check_modules(ESPEAK REQUIRED IMPORTED_TARGET espeak-ng)
pkg_check_modules(EGL REQUIRED IMPORTED_TARGET egl)
