package org.psasync.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long something took.
 *
 * @param wall by the clock on the wall, in seconds
 * @param cpu processor time of this process, in seconds
 */
record Time(double wall, double cpu) {
    /** Something that takes time and may fail. */
    interface Work {
        Object run() throws IOException, InterruptedException;
    }

    static Time of(Work work) throws IOException, InterruptedException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.gc();
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        Object result = work.run();
        Time time = new Time((System.nanoTime() - wall) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
        if (result == null) {
            throw new IllegalStateException("The work came to nothing");
        }
        return time;
    }

    static double median(List<Time> times, ToDoubleFunction<Time> figure) {
        double[] values = times.stream().mapToDouble(figure).sorted().toArray();
        return values[values.length / 2];
    }
}
