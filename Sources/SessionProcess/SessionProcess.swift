// SessionProcess
