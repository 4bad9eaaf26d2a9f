/** The screens of a host application, each as short as can be; docs/host-guide.md quotes them. */
@NullMarked
package org.psasync.examples.host;

import org.jspecify.annotations.NullMarked;
