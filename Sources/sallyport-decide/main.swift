DecideProcess.run()
