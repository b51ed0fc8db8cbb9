# SPDX-License-Identifier: MPL-2.0
# Read by cpack once for each kind of package: which components it carries, and under which prefix.
set(components program system)
if(CPACK_GENERATOR STREQUAL "DEB")
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
else()
  set(components program archive)
  string(TOLOWER ${CPACK_SYSTEM_NAME}-${CMAKE_HOST_SYSTEM_PROCESSOR} system)
  set(CPACK_PACKAGE_FILE_NAME ${CPACK_PACKAGE_NAME}-${CPACK_PACKAGE_VERSION}-${system})
endif()
# Each quadruple is build folder, project, component, folder: named so, a component is installed into
# the one package without making a package of its own.
list(SUBLIST CPACK_INSTALL_CMAKE_PROJECTS 0 2 project)
set(CPACK_INSTALL_CMAKE_PROJECTS "")
foreach(component ${components})
  list(APPEND CPACK_INSTALL_CMAKE_PROJECTS ${project} ${component} /)
endforeach()
